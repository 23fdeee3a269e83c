import { type App, BARE } from './apps';
import type { Target } from './load';
import { EMAIL } from './sessions';

/** One kind of request to one app. */
export interface Cell {
  readonly app: string;
  readonly kind: Kind;
  readonly target: Target;
  readonly concurrency: number;
}

/** The kinds of request, in the order of the tables. */
export const KINDS = {
  openOut: 'open page, signed out',
  openIn: 'open page, signed in',
  me: 'private page, signed in',
  meNew: 'private page, a session never seen before',
  meOut: 'private page, signed out',
  me1: 'private page, signed in, 1 at a time',
  me64: 'private page, signed in, 64 at a time',
} as const;
export type Kind = keyof typeof KINDS;

/** What everything is compared with: the bare app's open page, signed out. */
export const REFERENCE = { app: BARE, kind: 'openOut' } as const;

/** A running app and a session for it. */
export interface RunningApp {
  readonly app: App;
  readonly origin: string;
  /** The `Cookie` header of one session. */
  readonly session: string;
}

/**
 * The kinds of request that an app is measured with.
 *
 * @param running the app
 * @returns its cells; `meNew` gets its cookies later, because each is used only once
 */
export function cellsOf({ app, origin, session }: RunningApp): Cell[] {
  const open = { origin, path: app.paths.open, status: 200 };
  const me = { origin, path: app.paths.me, status: 200, text: EMAIL, cookies: [session] };
  const cell = (kind: Kind, target: Target, concurrency = 8): Cell => ({
    app: app.name,
    kind,
    target,
    concurrency,
  });
  return [
    cell('openOut', { ...open, cookies: [] }),
    cell('openIn', { ...open, cookies: [session] }),
    cell('me', me),
    ...(app.caches ? [cell('meNew', { ...me, cookies: [] })] : []),
    ...(app.refusal === null
      ? []
      : [cell('meOut', { origin, path: app.paths.me, status: app.refusal, cookies: [] })]),
    cell('me1', me, 1),
    cell('me64', me, 64),
  ];
}
