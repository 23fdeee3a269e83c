/** An app in the comparison: the same two pages, behind one sign-in library or none. */
export interface App {
  /** The name of its folder in `tools/workshop/bench/apps`, also used by `--only`. */
  readonly name: string;
  /** Its name in the tables. */
  readonly title: string;
  /** The parts that are copied into its folder, later ones over earlier ones; see `assemble`. */
  readonly layers: readonly Layer[];
  /** The file in `tools/workshop/bench/sessions` that makes its sessions. */
  readonly sessions: string;
  readonly paths: {
    readonly open: string;
    readonly me: string;
    /** A private route handler that returns the user's email address as JSON. */
    readonly api?: string;
    /** A listed static page, and the same page, rendered for each request. */
    readonly static?: string;
    readonly sameOnRequest?: string;
  };
  /** The status that a signed-out visitor gets at the private page; null if the page doesn't require sign-in. */
  readonly refusal: number | null;
  /** Whether that response redirects to another route of the app, which does the work. That isn't measured. */
  readonly bounces?: true;
  /** Whether it is this project, which caches sessions: then it is also measured with sessions that it has never seen. */
  readonly caches: boolean;
  /** Whether its middleware refreshes expired tokens, and a user can sign in here: then both are measured. */
  readonly refreshes?: true;
  /** Whether the service behind it is a stand-in that accepts any authorization code, and has no hosted UI. */
  readonly acceptsAnyCode?: true;
  /** The name of the app that it is compared with, besides the bare app. */
  readonly against?: string;
  /** What its installed source checks when a signed-in user opens the private page. */
  readonly verifies: string;
}

/** `shared` is `tools/workshop/bench/shared`, `project` and `site` are parts of this project, the others are in `bench/apps`. */
export type Layer = 'shared' | 'project' | 'site' | (string & {});

const PLAIN = { open: '/open', me: '/me', api: '/api/me' };
const SITE = {
  open: '/',
  me: '/profile',
  static: '/privacy',
  sameOnRequest: '/privacy-on-request',
};

/** The app without middleware. All others are compared with it, and with `EMPTY`. */
export const BARE = 'bare';
/** The app with a middleware that does nothing; the tables call it B. */
export const EMPTY = 'empty';

/** All apps, in the order of the tables. */
export const APPS: readonly App[] = [
  {
    name: BARE,
    title: 'bare: no middleware',
    layers: ['shared', 'bare'],
    sessions: 'project',
    paths: PLAIN,
    refusal: null,
    caches: false,
    verifies: 'nothing',
  },
  {
    name: EMPTY,
    title: '**B**: bare, with an empty Edge middleware',
    layers: ['shared', 'bare', 'empty'],
    sessions: 'project',
    paths: PLAIN,
    refusal: null,
    caches: false,
    verifies: 'nothing',
  },
  {
    name: 'ours',
    title: '**this project**',
    layers: ['shared', 'project', 'ours'],
    sessions: 'project',
    paths: PLAIN,
    refusal: 307,
    caches: true,
    refreshes: true,
    verifies:
      'the complete ID token and the complete access token, in the middleware and in the page; the seal in the middleware, which passes the opened session on, encrypted, or in both; for a session that the process has seen before, only what may have changed: token times, keys, sign-out, idle time',
  },
  {
    name: 'next-auth',
    title: 'next-auth',
    layers: ['shared', 'next-auth'],
    sessions: 'next-auth',
    paths: PLAIN,
    refusal: 307,
    bounces: true,
    caches: false,
    verifies: 'the seal, in the middleware and in the page; no token',
  },
  {
    name: 'auth0',
    title: '@auth0/nextjs-auth0',
    layers: ['shared', 'auth0'],
    sessions: 'auth0',
    paths: PLAIN,
    refusal: 307,
    bounces: true,
    caches: false,
    verifies: 'the seal, in the middleware and in the page; no token',
  },
  {
    name: 'authkit',
    title: '@workos-inc/authkit-nextjs',
    layers: ['shared', 'authkit'],
    sessions: 'authkit',
    paths: PLAIN,
    refusal: 307,
    caches: false,
    refreshes: true,
    acceptsAnyCode: true,
    verifies:
      'the seal, in both; the signature and expiry of the access token, but not its audience, in the middleware only; in the page, that the user is the token’s; it keeps no ID token',
  },
  {
    name: 'better-auth',
    title: 'better-auth, without a database',
    layers: ['shared', 'better-auth'],
    sessions: 'better-auth',
    paths: PLAIN,
    refusal: 307,
    bounces: true,
    caches: false,
    verifies:
      'the seal, in the middleware and in the page; no token: the tokens are in a separate cookie that a page view does not open',
  },
  {
    name: 'site-bare',
    title: 'this site without its sign-in',
    layers: ['site', 'site-bare'],
    sessions: 'site-bare',
    paths: SITE,
    refusal: null,
    caches: false,
    verifies: 'nothing',
  },
  {
    name: 'site',
    title: 'this site',
    layers: ['site'],
    sessions: 'project',
    paths: SITE,
    refusal: 307,
    caches: true,
    against: 'site-bare',
    verifies: 'the same as this project',
  },
];

/**
 * The apps to measure in a run.
 *
 * @param only names; empty for all
 * @returns these apps and the apps that they are compared with, in the order of the tables
 */
export function appsFor(only: readonly string[]): App[] {
  if (only.length === 0) return [...APPS];
  const wanted = new Set([BARE, EMPTY, ...only]);
  for (const { name, against } of APPS) if (against && wanted.has(name)) wanted.add(against);
  return APPS.filter(({ name }) => wanted.has(name));
}

/**
 * Whether an app is measured in the scenarios `instances` and `day`: those with the same pages, behind a middleware.
 *
 * @param app which
 */
export function isInScenarios(app: App): boolean {
  return app.name !== BARE && app.paths === PLAIN;
}

/**
 * The app that an app is compared with, besides the bare app.
 *
 * @param app which
 * @returns the name of an app with the same pages; undefined if there is none
 */
export function counterpartOf({ against, paths }: App): string | undefined {
  return against ?? (paths === PLAIN ? EMPTY : undefined);
}
