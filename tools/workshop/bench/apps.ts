/** An app of the comparison: the same two pages, with this or that in front of them. */
export interface App {
  /** Of its folder in `tools/workshop/bench/apps`, and for `--only`. */
  readonly name: string;
  /** In the tables. */
  readonly title: string;
  /** What its folder is made of, one over the other; see `assemble`. */
  readonly layers: readonly Layer[];
  /** The file in `tools/workshop/bench/sessions` that forges its sessions. */
  readonly sessions: string;
  readonly paths: { readonly open: string; readonly me: string };
  /** What a stranger gets at the private page; null where nobody is asked. */
  readonly refusal: number | null;
  /** Whether that answer leads to another route of the app, which does the work: not measured here. */
  readonly bounces?: true;
  /** Whether it is also measured with a session that it has never seen, and with as many of them. */
  readonly remembers: boolean;
  /** What it is compared with beside the bare app; its name. */
  readonly against?: string;
  /** What it checks when a signed-in person opens the private page, in its installed source. */
  readonly verifies: string;
}

/** `shared` is `tools/workshop/bench/shared`; `project` and `site` are parts of this project; others are in `tools/workshop/bench/apps`. */
export type Layer = 'shared' | 'project' | 'site' | (string & {});

const PLAIN = { open: '/open', me: '/me' };
const SITE = { open: '/', me: '/profile' };

/** The two that the others are compared with: no middleware, and middleware that does nothing. */
export const BARE = 'bare';
/** Called B in the tables. */
export const EMPTY = 'empty';

/** All of them, in the order of the tables. */
export const APPS: readonly App[] = [
  {
    name: BARE,
    title: 'bare: no middleware',
    layers: ['shared', 'bare'],
    sessions: 'project',
    paths: PLAIN,
    refusal: null,
    remembers: false,
    verifies: 'nothing',
  },
  {
    name: EMPTY,
    title: '**B**: bare, with an empty Edge middleware',
    layers: ['shared', 'bare', 'empty'],
    sessions: 'project',
    paths: PLAIN,
    refusal: null,
    remembers: false,
    verifies: 'nothing',
  },
  {
    name: 'ours',
    title: '**this project**',
    layers: ['shared', 'project', 'ours'],
    sessions: 'project',
    paths: PLAIN,
    refusal: 307,
    remembers: true,
    verifies:
      'the seal, and the ID token and the access token whole, in the middleware and in the page; of a session that the process has seen before, what may have changed: their times, the keys, sign-out, idle time',
  },
  {
    name: 'next-auth',
    title: 'next-auth',
    layers: ['shared', 'next-auth'],
    sessions: 'next-auth',
    paths: PLAIN,
    refusal: 307,
    bounces: true,
    remembers: false,
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
    remembers: false,
    verifies: 'the seal, in the middleware and in the page; no token',
  },
  {
    name: 'authkit',
    title: '@workos-inc/authkit-nextjs',
    layers: ['shared', 'authkit'],
    sessions: 'authkit',
    paths: PLAIN,
    refusal: 307,
    remembers: false,
    verifies:
      'the seal, in both; the signature and the end of the access token, in the middleware alone, not for whom it is; it keeps no ID token',
  },
  {
    name: 'better-auth',
    title: 'better-auth, without a database',
    layers: ['shared', 'better-auth'],
    sessions: 'better-auth',
    paths: PLAIN,
    refusal: 307,
    bounces: true,
    remembers: false,
    verifies:
      'the seal, in the middleware and in the page; no token: they are in a cookie of their own that no view opens',
  },
  {
    name: 'site-bare',
    title: 'this site without its sign-in',
    layers: ['site', 'site-bare'],
    sessions: 'site-bare',
    paths: SITE,
    refusal: null,
    remembers: false,
    verifies: 'nothing',
  },
  {
    name: 'site',
    title: 'this site',
    layers: ['site'],
    sessions: 'project',
    paths: SITE,
    refusal: 307,
    remembers: true,
    against: 'site-bare',
    verifies: 'as this project',
  },
];

/**
 * The apps of a run.
 *
 * @param only names; empty for all
 * @returns those, and those that they are compared with, in the order of the tables
 */
export function appsFor(only: readonly string[]): App[] {
  if (only.length === 0) return [...APPS];
  const wanted = new Set([BARE, EMPTY, ...only]);
  for (const { name, against } of APPS) if (against && wanted.has(name)) wanted.add(against);
  return APPS.filter(({ name }) => wanted.has(name));
}

/**
 * What an app is compared with, beside the bare app.
 *
 * @param app which
 * @returns the name of an app with the same pages; undefined for a site that is nobody's like
 */
export function counterpartOf({ against, paths }: App): string | undefined {
  return against ?? (paths === PLAIN ? EMPTY : undefined);
}
