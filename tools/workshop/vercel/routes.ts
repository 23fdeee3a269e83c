import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A route of `config.json`
 * (https://vercel.com/docs/build-output-api/configuration#source-route and #handler-route).
 */
export interface Route {
  readonly handle?: string;
  readonly src?: string;
  readonly dest?: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly continue?: boolean;
  readonly check?: boolean;
  readonly has?: readonly Condition[];
  readonly missing?: readonly Condition[];
  readonly middlewarePath?: string;
}

interface Condition {
  readonly type: string;
  readonly key: string;
  readonly value?: string;
}

/** What is known of a request on its way through the routes. */
export interface Way {
  /** Decoded as little as it arrived, with its query. */
  path: string;
  readonly request: Headers;
  /** Of the response: what routes and the middleware have set. */
  readonly headers: Headers;
  status: number | undefined;
}

/** The routes by phase; those before the first `handle` belong to the phase `start`. */
export type Phases = ReadonlyMap<string, readonly Route[]>;

/**
 * Reads the routes of a build's output.
 *
 * @param output the folder with `config.json`
 */
export function readPhases(output: string): Phases {
  const config: { routes: Route[] } = JSON.parse(readFileSync(join(output, 'config.json'), 'utf8'));
  const phases = new Map<string, Route[]>();
  let phase = 'start';
  for (const route of config.routes) {
    if (route.handle) phase = route.handle;
    else phases.set(phase, [...(phases.get(phase) ?? []), route]);
  }
  return phases;
}

/**
 * Applies a route, if it matches: its headers, status and destination.
 *
 * @param route of a phase
 * @param way is changed
 * @returns whether the route matches
 */
export function applyRoute(route: Route, way: Way): boolean {
  const [path = '', query] = way.path.split('?');
  const match = new RegExp(route.src ?? '^$', 'i').exec(path);
  if (!match || !conditionsHold(route, way, match)) return false;
  for (const [name, value] of Object.entries(route.headers ?? {})) {
    way.headers.set(name, filledIn(value, match));
  }
  if (route.status !== undefined) way.status = route.status;
  if (route.dest === undefined) return true;
  const [to = '', added] = filledIn(route.dest, match).split('?');
  const queries = [query, added].filter((each) => each !== undefined && each !== '');
  way.path = [to.startsWith('/') ? to : `/${to}`, queries.join('&')].filter(Boolean).join('?');
  return true;
}

/** A condition's named groups can be used in the destination. */
function conditionsHold({ has = [], missing = [] }: Route, way: Way, match: RegExpExecArray) {
  const holds = ({ type, key, value }: Condition): boolean => {
    const given = type === 'header' ? way.request.get(key) : null;
    const found = value === undefined ? null : new RegExp(`^${value}$`).exec(given ?? '');
    if (found?.groups) match.groups = { ...match.groups, ...found.groups };
    return value === undefined ? given !== null : given !== null && found !== null;
  };
  return has.every(holds) && !missing.some(holds);
}

function filledIn(text: string, match: RegExpExecArray): string {
  return text.replace(/\$(\w+)/g, (whole, name: string) => {
    const value = /^\d+$/.test(name) ? match[Number(name)] : match.groups?.[name];
    return value ?? (/^\d+$/.test(name) || match.groups ? '' : whole);
  });
}
