/** next-intl's middleware behind the guard, request by request. A site would have its pages in `app/[locale]`. */
import { type NextFetchEvent, NextRequest } from 'next/server';
import { afterAll, describe, expect, test } from 'vitest';
import { parseConfig } from '@/lib/cognito/config/parse-config';
import { openJar } from '@/lib/cognito/session/cookies';
import { createSessionStore } from '@/lib/cognito/session/session-store';
import { createJar, startLocalPool } from '@/tests/support/local-pool';
import { middleware } from './middleware';

const SITE = 'https://example.com';
const pool = await startLocalPool({ site: SITE, users: { alice: { groups: ['admin'] }, bob: {} } });
afterAll(() => pool.close());
// The middleware reads these at the first request.
Object.assign(process.env, pool.environment());

/** Longer than the lifetime of tokens, and shorter than that of a session, in seconds. */
const AN_HOUR_AND_A_BIT = 3700;
const DOCUMENT = { 'sec-fetch-dest': 'document', 'sec-fetch-mode': 'navigate' };

async function open(path: string, headers: Record<string, string> = {}) {
  const request = new NextRequest(`${SITE}${path}`, { headers: { ...DOCUMENT, ...headers } });
  const event: NextFetchEvent = Object.create(null, { waitUntil: { value: () => {} } });
  const { status, headers: answer } = await middleware(request, event);
  const to = (name: string) => answer.get(name)?.replace(SITE, '');
  return { status, answer, rewrite: to('x-middleware-rewrite'), location: to('location') };
}

async function cookieOf(name: string): Promise<string> {
  const jar = createJar(SITE);
  await pool.signInAs(jar, name, { directly: true });
  return jar.cookie(SITE);
}

/** A session with tokens that the pool issued while its clock was set back. */
async function expiredCookieOf(name: string): Promise<string> {
  const parsed = parseConfig(pool.environment());
  if (!parsed.ok) throw new Error('The site of this test is not configured.');
  pool.advance(-AN_HOUR_AND_A_BIT);
  const tokens = await pool.mint(name).finally(() => pool.advance(AN_HOUR_AND_A_BIT));
  const now = Math.floor(Date.now() / 1000);
  const then = now - AN_HOUR_AND_A_BIT;
  const jar = openJar({ get: () => undefined, getAll: () => [] });
  await createSessionStore(parsed.config, () => now).write(jar, {
    ...tokens,
    signedInAt: then,
    receivedAt: then,
  });
  return jar.written.map((cookie) => `${cookie.name}=${cookie.value}`).join('; ');
}

/** Checks the headers that every response has, whether from the guard or from next-intl. */
function expectOurs(answer: Headers): void {
  expect(answer.get('cache-control')).toBe('private, no-store');
  expect(answer.get('content-security-policy')).toContain("'nonce-");
  expect(answer.get('x-content-type-options')).toBe('nosniff');
  expect(answer.has('link')).toBe(false);
}

describe('a visitor who is signed out', () => {
  test.each(['/profile', '/de/profile', '/en/profile', '/de', '/de/', '/fr', '/fr/profile'])(
    'is redirected from %s to the hosted UI',
    async (path) => {
      const { status, answer, location } = await open(path);
      expect(status).toBe(307);
      expect(location).toMatch(`${pool.origin}/oauth2/authorize?`);
      expect(answer.getSetCookie().length).toBe(1);
      expect(answer.has('x-middleware-rewrite')).toBe(false);
      expectOurs(answer);
    },
  );

  test('gets the public page, in the visitor’s language', async () => {
    const { status, answer, rewrite } = await open('/');
    expect([status, rewrite]).toEqual([200, '/en']);
    expect(answer.get('x-middleware-request-x-next-intl-locale')).toBe('en');
    expectOurs(answer);
    const german = await open('/', { 'accept-language': 'de' });
    expect([german.status, german.location]).toEqual([307, '/de']);
    expectOurs(german.answer);
  });

  // next-intl would treat the first paths as pages of a language, or as leading to a public page.
  test.each([
    '/de/../profile',
    '/de/%2e%2e/profile',
    '/%64e/profile',
    '/de//profile',
    '//de/profile',
    '/de%2fprofile',
    '/de/login',
    '/de/api/me',
    '/DE/profile',
    '/de/icon.svg',
    '/de;/profile',
    '/%5cde/profile',
    '/de/profile?locale=en',
  ])('gets nothing from %s', async (path) => {
    const { status, answer, location } = await open(path);
    expect([status, answer.has('x-middleware-next'), answer.has('x-middleware-rewrite')]).toEqual([
      307,
      false,
      false,
    ]);
    expect(location).toMatch(`${pool.origin}/oauth2/authorize?`);
  });

  test('gets nothing with headers and cookies of next-intl either', async () => {
    const headers = { cookie: 'NEXT_LOCALE=de', 'x-next-intl-locale': 'de' };
    expect((await open('/profile', headers)).location).toMatch(`${pool.origin}/oauth2/authorize?`);
  });

  test('gets 401 for a fetch, and the sign-in routes without a language', async () => {
    const fetched = await open('/de/profile', { 'sec-fetch-dest': 'empty' });
    expect([fetched.status, fetched.location]).toEqual([401, undefined]);
    for (const path of ['/login', '/login/?code=x&state=y', '/logout', '/icon.svg']) {
      const { answer, rewrite, location } = await open(path, { 'accept-language': 'de' });
      expect(answer.has('x-middleware-next'), path).toBe(true);
      expect([rewrite, location]).toEqual([undefined, undefined]);
    }
    expect((await open('/api/me')).status).toBe(401);
  });
});

describe('a user who is signed in', () => {
  test('gets the page in the language, with the headers of the guard and of next-intl', async () => {
    const cookie = await cookieOf('alice');
    const german = await open('/de/profile', { cookie });
    expect([german.status, german.rewrite, german.location]).toEqual([200, undefined, undefined]);
    expect(german.answer.get('x-middleware-next')).toBe('1');
    expect(german.answer.get('x-middleware-request-x-next-intl-locale')).toBe('de');
    const english = await open('/profile?x=1', { cookie });
    expect(english.rewrite).toBe('/en/profile?x=1');
    for (const { answer } of [german, english]) {
      expectOurs(answer);
      const policy = answer.get('content-security-policy') ?? '';
      expect(answer.get('x-middleware-request-content-security-policy')).toBe(policy);
      expect(policy).toContain(`'nonce-${answer.get('x-middleware-request-x-nonce')}'`);
      expect(answer.get('x-middleware-request-cookie')).toContain(cookie.split('=')[0]);
      const names = answer.get('x-middleware-override-headers')?.split(',');
      expect(names).toEqual(expect.arrayContaining(['x-next-intl-locale', 'x-nonce', 'cookie']));
    }
  });

  test('gets the cookies of both: a new session and the language', async () => {
    const { status, answer } = await open('/de/profile', {
      cookie: await expiredCookieOf('alice'),
    });
    expect(status).toBe(200);
    const set = answer.getSetCookie();
    const session = set.filter((line) => line.startsWith('__Host-session'));
    expect(session.length).toBeGreaterThan(0);
    for (const line of session) expect(line).toMatch(/HttpOnly/i);
    expect(set.filter((line) => line.startsWith('NEXT_LOCALE=de'))).toHaveLength(1);
    // The page of the same request reads the new cookies from this header.
    expect(answer.get('x-middleware-set-cookie')).toMatch(/NEXT_LOCALE=de.*__Host-session/s);
  });

  test('gets 403 for a group’s page before next-intl picks a language', async () => {
    const [alice, bob] = [await cookieOf('alice'), await cookieOf('bob')];
    expect((await open('/admin', { cookie: bob })).status).toBe(403);
    expect((await open('/admin', { cookie: alice })).rewrite).toBe('/en/admin');
  });
});
