/** next-intl's middleware behind the guard, request by request. The pages would be in `app/[locale]`. */
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
// Read at the first request.
Object.assign(process.env, pool.environment());

/** Longer than tokens live, and shorter than a session, in seconds. */
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

/** Real tokens of the pool, from the time when its clock was put back. */
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

/** What every answer has, whoever made it. */
function expectOurs(answer: Headers): void {
  expect(answer.get('cache-control')).toBe('private, no-store');
  expect(answer.get('content-security-policy')).toContain("'nonce-");
  expect(answer.get('x-content-type-options')).toBe('nosniff');
  expect(answer.has('link')).toBe(false);
}

describe('somebody who is signed out', () => {
  test.each(['/profile', '/de/profile', '/en/profile', '/de', '/de/', '/fr', '/fr/profile'])(
    '%s: to the hosted UI',
    async (path) => {
      const { status, answer, location } = await open(path);
      expect(status).toBe(307);
      expect(location).toMatch(`${pool.origin}/oauth2/authorize?`);
      expect(answer.getSetCookie().length).toBe(1);
      expect(answer.has('x-middleware-rewrite')).toBe(false);
      expectOurs(answer);
    },
  );

  test('the public page passes, in the language of its visitor', async () => {
    const { status, answer, rewrite } = await open('/');
    expect([status, rewrite]).toEqual([200, '/en']);
    expect(answer.get('x-middleware-request-x-next-intl-locale')).toBe('en');
    expectOurs(answer);
    const german = await open('/', { 'accept-language': 'de' });
    expect([german.status, german.location]).toEqual([307, '/de']);
    expectOurs(german.answer);
  });

  // By the words of next-intl the first ones are pages of a language, or lead to one that is public.
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
  ])('%s opens nothing', async (path) => {
    const { status, answer, location } = await open(path);
    expect([status, answer.has('x-middleware-next'), answer.has('x-middleware-rewrite')]).toEqual([
      307,
      false,
      false,
    ]);
    expect(location).toMatch(`${pool.origin}/oauth2/authorize?`);
  });

  test('headers and cookies of next-intl open nothing either', async () => {
    const headers = { cookie: 'NEXT_LOCALE=de', 'x-next-intl-locale': 'de' };
    expect((await open('/profile', headers)).location).toMatch(`${pool.origin}/oauth2/authorize?`);
  });

  test('a fetch gets its 401, and the sign-in its route, without a language', async () => {
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

describe('somebody who is signed in', () => {
  test('gets the page of the language, with the headers of both', async () => {
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

  test('keeps the cookies of both: a new session and the language', async () => {
    const { status, answer } = await open('/de/profile', {
      cookie: await expiredCookieOf('alice'),
    });
    expect(status).toBe(200);
    const set = answer.getSetCookie();
    const session = set.filter((line) => line.startsWith('__Host-session'));
    expect(session.length).toBeGreaterThan(0);
    for (const line of session) expect(line).toMatch(/HttpOnly/i);
    expect(set.filter((line) => line.startsWith('NEXT_LOCALE=de'))).toHaveLength(1);
    // The page of the same request reads them here.
    expect(answer.get('x-middleware-set-cookie')).toMatch(/NEXT_LOCALE=de.*__Host-session/s);
  });

  test('gets the 403 of a page for a group before any language', async () => {
    const [alice, bob] = [await cookieOf('alice'), await cookieOf('bob')];
    expect((await open('/admin', { cookie: bob })).status).toBe(403);
    expect((await open('/admin', { cookie: alice })).rewrite).toBe('/en/admin');
  });
});
