/** Every route of the build is private unless `lib/access.ts` lists it as public: a few bypasses of each kind. */

import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { access } from '@/lib/access';
import { isPublicFile, isPublicPage } from '@/lib/cognito/access/access-rules';
import { HEALTH_CHECKS, isRoute, LOGIN, LOGOUT } from '@/lib/cognito/access/routes';
import { accessProblems } from '../support/access-report';
import { built, routes } from '../support/built-site';
import { cookieHeader, send } from '../support/http';
import { type RunningSite, startSite } from '../support/site';
import { createVisitor, DOCUMENT, FETCH, privateTexts } from '../support/visitor';

/** Whether `lib/access.ts` lists this path as public, or it belongs to the sign-in or to monitoring. */
const isOpen = (path: string) =>
  isPublicPage(access, path) ||
  isPublicFile(access, path) ||
  isRoute(path, LOGIN, LOGOUT, ...HEALTH_CHECKS);
const { pages, handlers } = await routes();
/** The value of a parameter in a path doesn't matter. */
const ROUTES = [...pages, ...handlers].map((path) => path.replaceAll(/\[+[^\]]*\]+/g, 'x')).sort();
const PRIVATE = ROUTES.filter((path) => !isOpen(path));
const BUILD = readFileSync('.next/BUILD_ID', 'utf8');

/** One or two of each kind of path that has bypassed an access check in some framework. */
const TARGETS: readonly ((path: string) => string)[] = [
  (path) => path,
  (path) => `${path}/`,
  (path) => `//${path}`,
  (path) => `/x/..${path}`,
  (path) => `/%2e${path}`,
  (path) => `/${path.charAt(1).toUpperCase()}${path.slice(2)}`,
  (path) => `/%${path.charCodeAt(1).toString(16)}${path.slice(2)}`,
  (path) => `${path}.rsc`,
  (path) => `${path}.segments/_tree.segment.rsc`,
  (path) => `${path}?_rsc=1a2b3`,
  (path) => `/_next/data/${BUILD}${path}.json`,
  (path) => `/_next/static/..${path}`,
  (path) => `/icon.svg%2f..${path}`,
];
const HEADERS: readonly Record<string, string>[] = [
  DOCUMENT,
  FETCH,
  { ...FETCH, rsc: '1', 'next-url': '/' },
  { ...FETCH, rsc: '1', 'next-router-prefetch': '1' },
  // CVE-2025-29927.
  { ...DOCUMENT, 'x-middleware-subrequest': Array(5).fill('middleware').join(':') },
  { ...DOCUMENT, 'x-middleware-next': '1', 'x-nextjs-data': '1' },
  { ...DOCUMENT, purpose: 'prefetch', 'sec-purpose': 'prefetch;prerender' },
  { ...DOCUMENT, 'x-original-url': '/icon.svg', 'x-forwarded-host': 'evil.example' },
];
const METHODS = ['HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS'];

let site: RunningSite;
let secrets: string[];
let printedBefore = 0;
beforeAll(async () => {
  site = await startSite();
  const alice = createVisitor(site.origin);
  await alice.signIn('alice', '/login?returnTo=/');
  secrets = [...(await privateTexts(alice, PRIVATE, ROUTES.filter(isOpen))).values()].flat();
  // Your own pages may print anything for a signed-in user. Look only at what is printed after this.
  printedBefore = site.output().length;
});
afterAll(() => site?.close());

test('every entry of lib/access.ts names a page or file, and makes nothing else public', async () => {
  expect(accessProblems(access, await built())).toEqual([]);
});

test('the build has private pages with private text', () => {
  expect(PRIVATE.length).toBeGreaterThan(0);
  expect(secrets.length).toBeGreaterThan(0);
});

test.each(PRIVATE)('a visitor who is not signed in gets no private text from %s', async (route) => {
  const asked = [
    ...TARGETS.map((target) => ({ path: target(route), headers: DOCUMENT })),
    ...HEADERS.map((headers) => ({ path: route, headers })),
    {
      path: route,
      headers: { ...DOCUMENT, cookie: cookieHeader(site.origin, 'session=Fe26.2*1*a*b*c*1*d*e~2') },
    },
    ...METHODS.map((method) => ({ path: route, headers: DOCUMENT, method })),
  ];
  for (const request of asked) {
    const name = JSON.stringify(request);
    const answer = await send(site.origin, request);
    expect(answer.status, name).toBeLessThan(500);
    if (answer.status === 200) expect(answer.body, name).toBe('');
    const found = secrets.filter((text) => answer.body.includes(text));
    expect([name, ...found]).toEqual([name]);
    const sessions = answer.setCookies.filter((line) => /^(session|seen)[^=]*=[^;]/.test(line));
    expect([name, ...sessions]).toEqual([name]);
    const location = new URL(answer.headers.get('location') ?? '/', site.origin);
    expect([site.origin, site.environment.COGNITO_DOMAIN], name).toContain(location.origin);
  }
});

test('none of these requests made the site print an error', () => {
  expect(site.output().slice(printedBefore)).not.toMatch(/error|⨯|^ +at /im);
});
