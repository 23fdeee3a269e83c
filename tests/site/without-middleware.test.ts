/**
 * The build without its middleware, as if an attacker had bypassed it: every page and route handler
 * checks access itself.
 */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseConfig } from '@/lib/cognito/config/parse-config';
import { createHandOver, HANDED } from '@/lib/cognito/memory/hand-over';
import { randomToken } from '@/lib/cognito/protocol/pkce';
import { openJar } from '@/lib/cognito/session/cookies';
import type { Session } from '@/lib/cognito/session/session';
import { withoutMiddleware } from '../support/built-site';
import { comeBack } from '../support/expired';
import { namedCookies, send } from '../support/http';
import { type RunningSite, startSite } from '../support/site';
import { createVisitor, DOCUMENT, FETCH, privateTexts, type Visitor } from '../support/visitor';

const PRIVATE = ['/profile', '/admin', '/sensitive', '/api/me'];

let copy: ReturnType<typeof withoutMiddleware>;
let site: RunningSite;
let alice: Visitor;
let secrets: Map<string, string[]>;
beforeAll(async () => {
  copy = withoutMiddleware();
  site = await startSite({ folder: copy.folder });
  alice = createVisitor(site.origin);
  await alice.signIn('alice', '/login?returnTo=/profile');
  secrets = await privateTexts(alice, PRIVATE, ['/']);
});
afterAll(async () => {
  await site.close();
  copy.remove();
});

test('no middleware runs, and the pages have private text', async () => {
  const answer = await send(`${site.origin}/`, { headers: DOCUMENT });
  expect(answer.status).toBe(200);
  expect(answer.headers.has('content-security-policy')).toBe(false);
  for (const route of PRIVATE) expect(secrets.get(route)?.length, route).toBeGreaterThan(0);
});

describe('a visitor who is not signed in gets nothing private', () => {
  test.each(PRIVATE)('from %s', async (route) => {
    for (const headers of [DOCUMENT, FETCH, { ...FETCH, rsc: '1', 'next-url': '/' }]) {
      const answer = await send(`${site.origin}${route}`, { headers });
      expect(answer.status).not.toBe(200);
      expect(answer.status).toBeLessThan(500);
      expect(answer.setCookies).toEqual([]);
      for (const text of [...secrets.values()].flat()) expect(answer.body).not.toContain(text);
    }
  });

  test('with a session that someone else sealed, or that has expired', async () => {
    const stranger = createVisitor(site.origin);
    stranger.cookies.set(
      'localhost',
      namedCookies(site.origin, { session: 'Fe26.2*1*a*b*c*1*d*e~2' }),
    );
    const late = await comeBack(site);
    for (const visitor of [stranger, late]) {
      for (const route of PRIVATE) {
        const { body, status } = await visitor.open(route);
        expect(status, route).not.toBe(200);
        for (const text of secrets.get(route) ?? []) expect(body).not.toContain(text);
      }
    }
  });
});

test('even with the secret, nobody can hand a page tokens that the user pool did not sign', async () => {
  const parsed = parseConfig(site.environment);
  if (!parsed.ok) throw new Error('The site has a configuration.');
  const now = () => Math.floor(Date.now() / 1000);
  const handOver = createHandOver(parsed.config, now);
  const own = await site.pool.mint('alice');
  const session = { signedInAt: now(), receivedAt: now(), refreshToken: 'a.b.c' };
  const valid = { ...session, idToken: `${own.id_token}`, accessToken: own.access_token };
  const forged = { ...valid, idToken: withoutSignature(valid.idToken) };
  const statusOf = async (each: Session) => {
    // The cookie is bound, but nobody opens it; a session that was cached for it would be shown again.
    const cookies = namedCookies(site.origin, { session: randomToken() });
    const jar = openJar({
      get: (name) => (cookies.has(name) ? { value: cookies.get(name) ?? '' } : undefined),
      getAll: () => [],
    });
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...DOCUMENT, cookie, [HANDED]: await handOver.give(jar, { ...each }) };
    return (await send(`${site.origin}/profile`, { headers })).status;
  };
  expect(await statusOf(valid)).toBe(200);
  expect(await statusOf(forged)).toBe(401);
  expect(await statusOf({ ...valid, accessToken: withoutSignature(valid.accessToken) })).toBe(401);
});

test('a user who is not in the group gets a 403, and nothing of its page', async () => {
  const bob = createVisitor(site.origin);
  await bob.signIn('bob', '/login?returnTo=/profile');
  const { status, body } = await bob.open('/admin');
  expect(status).toBe(403);
  for (const text of secrets.get('/admin') ?? []) expect(body).not.toContain(text);
});

test('a user who signed in too long ago must sign in again, and gets nothing of the page', async () => {
  const { status, body, headers } = await (await comeBack(site, { ago: 1000 })).open('/sensitive');
  expect(status).toBe(307);
  expect(headers.get('location')).toContain('/login?returnTo=%2Fsensitive&max_age=300');
  for (const text of secrets.get('/sensitive') ?? []) expect(body).not.toContain(text);
});

test('a reference in a request is ignored unless it is a valid reference', async () => {
  const headers = { ...DOCUMENT, 'x-reference': 'the words of a stranger' };
  for (const path of [...PRIVATE, '/nothing-here']) {
    expect((await send(`${site.origin}${path}`, { headers })).body).not.toContain('of a stranger');
  }
  await expect.poll(site.output).toContain('"type":"notFound"');
  expect(site.output()).not.toContain('of a stranger');
});

describe('a request that changes something', () => {
  test.each(['/refresh', '/logout'])('%s refuses a form from another site', async (route) => {
    const answer = await alice.post(route, {}, { origin: 'https://evil.example' });
    expect(answer.status).toBe(403);
    expect(answer.setCookies).toEqual([]);
    expect((await alice.open('/profile')).status).toBe(200);
  });

  test('an invalid bearer token is refused, even with a valid session', async () => {
    const answer = await alice.open('/api/me', { ...FETCH, authorization: 'Bearer x' });
    expect(answer.status).toBe(401);
  });
});

/** The same token with another signature of the same length. */
function withoutSignature(token: string): string {
  const [header, payload, signature = ''] = token.split('.');
  return [header, payload, 'A'.repeat(signature.length)].join('.');
}
