import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDevelopment } from '../config/environment';

/** What the build knows about its routes. */
export interface BuiltRoutes {
  /** Paths of pages that have no Server Action. Pages with a parameter in their path are not listed. */
  readonly withoutActions: ReadonlySet<string>;
  /** The IDs of the Server Actions. */
  readonly actions: ReadonlySet<string>;
  /** Paths of pages that the build rendered. */
  readonly prerendered: ReadonlySet<string>;
  /** Whether a route handler may serve a path. */
  readonly isHandler: (path: string) => boolean;
}

/** For `next dev`, which builds routes when they are first requested, and other hosts than Next. */
const UNKNOWN: BuiltRoutes = {
  withoutActions: new Set(),
  actions: new Set(),
  prerendered: new Set(),
  isHandler: () => true,
};

const MANIFESTS = join(process.cwd(), '.next');

let known: BuiltRoutes | undefined;

/** The routes of this build, from Next's manifests; nothing is known in development. */
export function builtRoutes(): BuiltRoutes {
  known ??= !isDevelopment && existsSync(MANIFESTS) ? readManifests() : UNKNOWN;
  return known;
}

function readManifests(): BuiltRoutes {
  const routes = Object.entries(readJson('app-path-routes-manifest.json'));
  const withActions = new Set<string>();
  const actions = Object(readJson('server/server-reference-manifest.json').node);
  for (const action of Object.values(actions)) {
    const { workers } = Object(action);
    for (const source of Object.keys(workers ?? {})) withActions.add(source.replace(/^app/, ''));
  }
  const pages = routes.filter(([source]) => source.endsWith('/page') && !withActions.has(source));
  const handlers = routes.filter(([source]) => source.endsWith('/route'));
  const patterns = handlers.map(([, path]) => patternOf(String(path)));
  return {
    withoutActions: new Set(pages.map(([, path]) => String(path))),
    actions: new Set(Object.keys(actions)),
    prerendered: new Set(Object.keys(Object(readJson('prerender-manifest.json').routes))),
    isHandler: (path) => patterns.some((pattern) => pattern.test(path)),
  };
}

/** @throws SyntaxError or an error of the file system: then this isn't a build of Next 16 */
function readJson(file: string): Record<string, unknown> {
  return Object(JSON.parse(readFileSync(join(MANIFESTS, file), 'utf8')));
}

/** A route's path as a regular expression, such as `/photos/[id]`, `/[...path]` or `/[[...path]]`. */
function patternOf(route: string): RegExp {
  const escaped = route.replace(/[.*+?^$(){}|\\]/g, '\\$&');
  const any = escaped
    .replace(/\/\[\[\\\.\\\.\\\.[^\]]+\]\]/g, '(/.*)?')
    .replace(/\[\\\.\\\.\\\.[^\]]+\]/g, '.+')
    .replace(/\[[^\]]+\]/g, '[^/]+');
  return new RegExp(`^${any}$`);
}
