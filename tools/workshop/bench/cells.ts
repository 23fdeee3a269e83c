import { type App, BARE } from './apps';
import type { Target } from './load';
import { EMAIL } from './sessions';

/** One kind of request to one app. */
export interface Cell {
  readonly app: string;
  readonly kind: Kind;
  readonly target: Target;
  readonly concurrency: number;
  /** The most requests in a round; by default as many as the run's options say. */
  readonly most?: number;
  /** How often these requests are sent to warm up; default: once. */
  readonly warmUps?: number;
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
  listed: 'a listed static page',
  onRequest: 'the same page, rendered for each request',
  instances: 'views of several people on several instances',
  day: 'views and API calls of a day',
  refresh: 'private page, expired tokens',
  signIn: 'a sign-in',
} as const;
export type Kind = keyof typeof KINDS;

/** The kinds of request in each scenario. */
export const SCENARIOS = {
  requests: ['openOut', 'openIn', 'me', 'meNew', 'meOut', 'me1', 'me64', 'listed', 'onRequest'],
  instances: ['instances'],
  day: ['openIn', 'me', 'day', 'refresh', 'signIn'],
} as const satisfies Record<string, readonly Kind[]>;
export type Scenario = keyof typeof SCENARIOS;

/** What everything is compared with: the bare app's open page, signed out. */
export const REFERENCE = { app: BARE, kind: 'openOut' } as const;

/** A running app and a session for it. */
export interface RunningApp {
  readonly app: App;
  readonly origin: string;
  /** The `Cookie` header of one session. */
  readonly session: string;
}

/** A sign-in takes several requests, and the user pool's pages; this many are enough for its share of a day. */
const SIGN_INS = { concurrency: 4, most: 8 };

/**
 * The kinds of request that an app is measured with.
 *
 * @param running the app
 * @param scenarios only the kinds of these
 * @returns its cells; those with new sessions get their cookies later, because each is used only once
 */
export function cellsOf(
  { app, origin, session }: RunningApp,
  scenarios: readonly Scenario[],
): Cell[] {
  const { paths, refusal, caches, refreshes } = app;
  const open = { origin, path: paths.open, status: 200, cookies: [] };
  const me = { origin, path: paths.me, status: 200, text: EMAIL, cookies: [session] };
  const fresh = { ...me, cookies: [] };
  const targets: readonly [Kind, Target | false | undefined, object?][] = [
    ['openOut', open],
    ['openIn', { ...open, cookies: [session] }],
    ['me', me],
    ['meNew', caches && fresh],
    ['meOut', refusal !== null && { ...open, path: paths.me, status: refusal }],
    ['me1', me, { concurrency: 1 }],
    ['me64', me, { concurrency: 64 }],
    ['listed', caches && paths.static !== undefined && { ...open, path: paths.static }],
    [
      'onRequest',
      caches && paths.sameOnRequest !== undefined && { ...open, path: paths.sameOnRequest },
    ],
    ['day', app.name !== BARE && paths.api !== undefined && fresh],
    ['refresh', refreshes && { ...fresh, setsCookie: true }],
    ['signIn', refreshes && fresh, SIGN_INS],
  ];
  const wanted = new Set<Kind>(scenarios.flatMap((name) => SCENARIOS[name]));
  return targets.flatMap(([kind, target, more = {}]) =>
    target && wanted.has(kind) ? [{ app: app.name, kind, target, concurrency: 8, ...more }] : [],
  );
}

/**
 * The one kind of request that an app is measured with on several instances.
 *
 * @param running the app, on several instances
 */
export function instancesCell({ app, origin }: RunningApp): Cell {
  const target = { origin, path: app.paths.me, status: 200, text: EMAIL, cookies: [] };
  // Each instance gets a third of the requests, and has no other cells to warm it up.
  return { app: app.name, kind: 'instances', target, concurrency: 8, warmUps: 6 };
}
