/** Requests every route of the build with every trick that we know. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { comeBack } from '@/tests/support/expired';
import { type Answer, send } from '@/tests/support/http';
import { type RunningSite, startSite } from '@/tests/support/site';
import {
  createVisitor,
  DOCUMENT,
  FETCH,
  privateTexts,
  type Visitor,
} from '@/tests/support/visitor';
import { type Listener, listen } from '@/tools/workshop/support/listener';
import { UNKNOWN_ACTION } from '@/tools/workshop/support/odd-requests';
import { type Trick, tricks } from '@/tools/workshop/support/tricks';

const manifest: Record<string, string> = JSON.parse(
  readFileSync('.next/app-path-routes-manifest.json', 'utf8'),
);
const ROUTES = Object.values(manifest).sort();
const PUBLIC_FILES = ['/manifest.webmanifest', '/robots.txt', '/sitemap.xml'];
const PUBLIC = [
  '/',
  '/flow', // demo
  '/healthz',
  '/healthz/ready',
  '/login',
  '/logout',
  '/privacy',
  '/source', // demo
  '/notes/save',
  '/theme',
  ...PUBLIC_FILES,
];
/** The policy that `next.config.js` sets. */
const NOTHING_ALLOWED = "default-src 'none'; frame-ancestors 'none'";
const PRIVATE = ROUTES.filter((route) => !PUBLIC.includes(route));

/** Time for several hundred pages on a busy machine, in milliseconds. */
const MANY_PAGES = 120_000;

let site: RunningSite;
let elsewhere: Listener;
let all: Trick[];
/** Texts that are on the page of a private route and on no public page. */
let secrets: Map<string, string[]>;
let bob: Visitor;
let longAgo: Visitor;

beforeAll(async () => {
  elsewhere = await listen();
  site = await startSite();
  const buildId = readFileSync('.next/BUILD_ID', 'utf8');
  all = tricks({ buildId, elsewhere: elsewhere.host, site: site.origin });
  const alice = createVisitor(site.origin);
  bob = createVisitor(site.origin);
  // Starts at a public page, because the walk itself tests whether private ones lead to the sign-in.
  const start = '/login?returnTo=/';
  await Promise.all([alice.signIn('alice', start), bob.signIn('bob', start)]);
  secrets = await privateTexts(alice, PRIVATE, PUBLIC);
  longAgo = await comeBack(site, { ago: 1000 });
});
afterAll(async () => {
  await Promise.all([site.close(), elsewhere.close()]);
});

test('there are private pages, each with something to hide', () => {
  expect(PRIVATE).toEqual(expect.arrayContaining(['/profile', '/admin', '/sensitive', '/api/me']));
  for (const route of ['/profile', '/admin', '/sensitive', '/api/me']) {
    expect(secrets.get(route)?.length, route).toBeGreaterThan(0);
  }
});

describe('a visitor who is not signed in', () => {
  test.each(ROUTES)(
    'gets nothing private from %s, with any trick',
    async (route) => {
      expect(await walk(route, everything())).toEqual([]);
    },
    MANY_PAGES,
  );
});

describe('a user who is signed in', () => {
  test('but not in the group gets nothing from its page, with any trick', async () => {
    expect(await walk('/admin', secrets.get('/admin') ?? [], bob)).toEqual([]);
  });

  test('but too long ago gets nothing from the page for recent sign-ins, with any trick', async () => {
    expect(await walk('/sensitive', secrets.get('/sensitive') ?? [], longAgo)).toEqual([]);
  });
});

test('none of it made the site call another host or print an error', () => {
  expect(elsewhere.visits()).toEqual([]);
  const printed = site.output().replace(UNKNOWN_ACTION, '');
  expect(printed).not.toMatch(/error|⨯|^ +at /im);
});

test.each(['TRACE', 'PROPFIND', 'PURGE', 'QUERY'])('%s is a 405 on every route', async (method) => {
  for (const route of ROUTES) {
    const { status } = await send(`${site.origin}${route}`, { method, headers: DOCUMENT });
    expect([route, status]).toEqual([route, 405]);
  }
});

test('a WebSocket upgrade fails, no host is called, and no connection is kept', async () => {
  const headers = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    'sec-websocket-version': '13',
  };
  const paths = ['/', '/profile', '/api/me', '/nothing', `http://${elsewhere.host}/profile`];
  paths.push(`//${elsewhere.host}/`, '/_next/hmr', '*');
  for (const answer of await Promise.all(
    paths.map((path) => send(site.origin, { path, headers }).catch(String)),
  )) {
    expect(answer).toMatch(/socket hang up|ECONNRESET/);
  }
  expect(elsewhere.visits()).toEqual([]);
});

function everything(): string[] {
  return [...secrets.values()].flat();
}

/** Requests a route with every trick, as a document and as a fetch; returns what went wrong. */
async function walk(route: string, hidden: string[], visitor?: Visitor): Promise<string[]> {
  const failures: string[] = [];
  const attempts = all.flatMap((trick) => [DOCUMENT, FETCH].map((base) => ({ trick, base })));
  async function next(): Promise<void> {
    for (let attempt = attempts.pop(); attempt; attempt = attempts.pop()) {
      const { trick, base } = attempt;
      const kind = base === DOCUMENT ? 'document' : 'fetch';
      const answer = await ask(route, trick, base, visitor);
      // After headers that are too long, Node may close the connection before it has sent its response.
      const hungUp = trick.name.startsWith('with x-too-long') ? [] : ['no response'];
      const faults = answer ? judge(route, answer, trick, base, hidden, visitor) : hungUp;
      failures.push(...faults.map((fault) => `${route} ${trick.name}, a ${kind}: ${fault}`));
    }
  }
  await Promise.all(Array.from({ length: 8 }, next));
  return failures;
}

async function ask(
  route: string,
  { method, target, headers }: Trick,
  base: Record<string, string>,
  visitor?: Visitor,
): Promise<Answer | undefined> {
  const cookie = visitor?.cookieHeader();
  const options = {
    ...(method ? { method } : {}),
    path: target?.(route) ?? route,
    headers: { ...base, ...(cookie ? { cookie } : {}), ...headers?.(route) },
  };
  return send(site.origin, options).catch(() => undefined);
}

function judge(
  route: string,
  answer: Answer,
  trick: Trick,
  base: Record<string, string>,
  hidden: string[],
  visitor?: Visitor,
): string[] {
  const faults: string[] = [];
  const { status, body, headers, setCookies } = answer;
  if (status >= 500) faults.push(`status ${status}`);
  // Node's parser and Next's static files respond on their own; all other responses have the middleware's
  // nonce, or a static page's hashes.
  const policy = headers.get('content-security-policy') ?? '';
  const alone = [400, 431].includes(status) || (status === 404 && policy === NOTHING_ALLOWED);
  if (!alone && !/'(nonce|sha256)-/.test(policy)) faults.push('gets past the middleware');
  const isOpen = PUBLIC.includes(route);
  if (!visitor && !isOpen && status === 200 && body !== '') faults.push('gets a page');
  const leaked = hidden.find((text) => body.includes(text) || `${[...headers]}`.includes(text));
  if (leaked) faults.push(`shows "${leaked}"`);

  const location = headers.get('location');
  const target = location === null ? undefined : new URL(location, site.origin).origin;
  const known = [site.origin, site.environment.COGNITO_DOMAIN];
  if (target !== undefined && !known.includes(target)) faults.push(`leads to ${location}`);
  if (location !== null && /evil/.test(decodeURIComponent(new URL(location, site.origin).host))) {
    faults.push(`names ${location}`);
  }

  // Only the redirect of a document to the hosted UI may set the cookie of a sign-in attempt.
  const attempts = setCookies.filter((line) => /^signin-[^=]+=[^;]/.test(line));
  const starts = status === 307 && target === site.environment.COGNITO_DOMAIN;
  const mayStart = base === DOCUMENT && trick.method === undefined && starts;
  if (attempts.length > (mayStart ? 1 : 0)) faults.push('starts a sign-in');
  const sessions = setCookies.filter((line) => /^(session|seen)[^=]*=[^;]/.test(line));
  if (!visitor && sessions.length > 0) faults.push('sets a session');
  return faults;
}
