import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Fault } from '@/lib/local-pool/src/faults';
import { comeBack } from '../support/expired';
import { type InProcessSite, startInProcess, startInstance } from '../support/in-process';
import { holdNextCall, hurry } from '../support/outage';
import { createVisitor, DOCUMENT, FETCH, type Visitor } from '../support/visitor';

let site: InProcessSite;
let visitor: Visitor;
beforeEach(async () => {
  site = await startInProcess();
  visitor = createVisitor(site.origin);
});
afterEach(async () => {
  vi.useRealTimers();
  await site.close();
});

const refreshes = () =>
  site.pool.requests().filter((request) => request.grantType === 'refresh_token').length;

/** Makes the visitor one who returns with expired tokens. */
async function signInAndExpire(): Promise<void> {
  visitor = await comeBack(site);
}

async function claims(from = visitor): Promise<{ exp: number; sub: string; jti: string }> {
  return JSON.parse((await from.open('/api/me', FETCH)).body);
}

describe('tokens that have expired', () => {
  test('are refreshed in the same request: its page shows the new ones', async () => {
    await signInAndExpire();
    const before = new Map(visitor.cookies.get('localhost'));
    const page = await visitor.open('/profile');
    expect(page.status).toBe(200);
    const shown = JSON.parse(/{.*}/.exec(page.body)?.[0] ?? '{}');
    expect(shown.exp).toBeGreaterThan(Date.now() / 1000 + 3000);
    expect(page.setCookies.some((line) => line.startsWith('session'))).toBe(true);
    expect(visitor.cookies.get('localhost')).not.toEqual(before);
    expect(refreshes()).toBe(1);
    expect((await claims()).exp).toBeGreaterThan(Date.now() / 1000 + 3000);
    expect(refreshes()).toBe(1);
  });

  test('are refreshed once for many requests at once, and for late ones', async () => {
    await signInAndExpire();
    const requests = [
      ...Array.from({ length: 30 }, () => visitor.clone().open('/api/me', FETCH)),
      ...Array.from({ length: 15 }, () => visitor.clone().open('/profile', DOCUMENT)),
      ...Array.from({ length: 5 }, () =>
        visitor.clone().open('/profile', { ...FETCH, 'next-url': '/' }),
      ),
    ];
    const answers = await Promise.all(requests);
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]));
    expect((await visitor.clone().open('/api/me', FETCH)).status).toBe(200);
    expect(refreshes()).toBe(1);
  });

  test('do not sign the user out if refresh tokens rotate without a grace period', async () => {
    site.pool.changeClient({ rotation: { graceSeconds: 0, reuseRevokesFamily: true } });
    await signInAndExpire();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => visitor.clone().open('/api/me', FETCH)),
    );
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]));
    expect((await visitor.open('/profile')).status).toBe(200);
    await visitor.post('/refresh', {}, { referer: `${site.origin}/profile` });
    expect((await visitor.open('/profile')).status).toBe(200);
  });

  test('lead to a new sign-in once the refresh token is revoked, and back to the page', async () => {
    await signInAndExpire();
    site.pool.revokeAll('alice');
    // First, a redirect to the same page: another instance might be sending the new session.
    const again = await visitor.open('/profile?x=1');
    expect(again.status).toBe(307);
    expect(again.headers.get('location')).toMatch(/^\/profile\?x=1&session-again=/);
    expect(again.setCookies).toEqual([]);
    const answer = await visitor.open(again.headers.get('location') ?? '');
    expect(answer.status).toBe(307);
    expect(answer.headers.get('location')).toContain('/oauth2/authorize?');
    // A request that lost a race must not delete the cookies that the winner set.
    expect(answer.setCookies.filter((line) => line.startsWith('session'))).toEqual([]);
    expect((await visitor.open('/api/me', FETCH)).status).toBe(401);
    expect((await visitor.open('/')).body).toContain('You are signed out.');
    expect(refreshes()).toBe(1);
    const page = await visitor.signIn('alice', '/profile?x=1');
    expect(page.url).toBe(`${site.origin}/profile?x=1`);
  });
});

describe('an outage of the token endpoint', () => {
  const FAULTS: [string, Fault][] = [
    ['500', { status: 500 }],
    ['502 with HTML', { status: 502, body: '<html>' }],
    ['429', { status: 429 }],
    ['200 with garbage', { status: 200, body: 'garbage' }],
    ['200 with half an answer', { status: 200, body: '{"id_token":"a"}' }],
    [
      '200 with strings that are not tokens',
      { status: 200, body: '{"id_token":"a","access_token":"b"}' },
    ],
    ['a reset', { reset: true }],
    ['invalid_client', { status: 400, body: '{"error":"invalid_client"}' }],
  ];

  test('keeps the session and returns 503 until it ends, whatever kind it is', async () => {
    await signInAndExpire();
    for (const [kind, fault] of FAULTS) {
      site.pool.fault('/oauth2/token', fault);
      const page = await visitor.open('/profile');
      expect([kind, page.status]).toEqual([kind, 503]);
      expect(page.headers.get('retry-after')).toMatch(/^\d+$/);
      expect(page.setCookies).toEqual([]);
      const api = await visitor.open('/api/me', FETCH);
      expect([kind, api.status]).toEqual([kind, 503]);
      expect(JSON.parse(api.body)).toEqual({ error: 'temporarily_unavailable' });
      const landing = await visitor.open('/');
      expect(landing.status).toBe(200);
      expect(landing.body).toContain('can’t tell right now');
    }
    site.pool.fault('/oauth2/token', null);
    expect((await visitor.open('/profile')).status).toBe(200);
  });

  test('that only hangs times out after some seconds, once for all requests', async () => {
    await signInAndExpire();
    site.pool.fault('/oauth2/token', { hang: true });
    const ended = hurry();
    const answers = await Promise.all([1, 2, 3].map(() => visitor.clone().open('/profile')));
    ended();
    expect(answers.map((answer) => answer.status)).toEqual([503, 503, 503]);
    expect(refreshes()).toBe(1);
  });

  test('has no effect while the tokens are valid', async () => {
    await visitor.signIn('alice');
    site.pool.fault('/oauth2/token', { status: 500 });
    expect((await visitor.open('/profile')).status).toBe(200);
  });
});

test('"refresh now" refreshes and returns to the page', async () => {
  await visitor.signIn('alice');
  const before = await claims();
  const answer = await visitor.post('/refresh', {}, { referer: `${site.origin}/profile?x=1` });
  expect(answer.status).toBe(303);
  expect(answer.headers.get('location')).toBe(`${site.origin}/profile?x=1`);
  const after = await claims();
  expect(after.sub).toBe(before.sub);
  expect(after.jti).not.toBe(before.jti);
});

test('"refresh now", sixty times in a row, calls the pool once', async () => {
  await visitor.signIn('alice');
  for (let turn = 0; turn < 60; turn++) {
    const answer = await visitor.post('/refresh', {}, { referer: `${site.origin}/profile` });
    expect([answer.status, answer.headers.get('location')]).toEqual([
      303,
      `${site.origin}/profile`,
    ]);
  }
  expect(refreshes()).toBe(1);
  vi.setSystemTime(Date.now() + 31_000);
  await visitor.post('/refresh', {}, { referer: `${site.origin}/profile` });
  expect(refreshes()).toBe(2);
});

test('"refresh now" in an outage returns to the page with the valid tokens', async () => {
  await visitor.signIn('alice');
  site.pool.fault('/oauth2/token', { status: 500 });
  for (const path of ['/refresh', '/refresh/']) {
    const answer = await visitor.post(path, {}, { referer: `${site.origin}/profile` });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toContain('/profile');
  }
  // The first request calls twice; the second one knows that the last call failed.
  expect(refreshes()).toBe(3);
  expect((await visitor.open('/profile')).status).toBe(200);
});

test.each([0, 20, 31, 34, 36, 60])(
  'tokens that age by %i s while the pool responds slowly do not cause a 500',
  async (seconds) => {
    // Half a minute before they expire: a refresh is due, and fails.
    visitor = await comeBack(site, { ago: 3570 });
    site.pool.fault('/oauth2/token', { status: 500 });
    const refresh = holdNextCall();
    const asked = visitor.open('/profile');
    await refresh.answered;
    vi.setSystemTime(Date.now() + seconds * 1000);
    refresh.release();
    expect((await asked).status).toBe(seconds < 30 ? 200 : 503);
  },
);

test('"refresh now" from another site does nothing', async () => {
  await visitor.signIn('alice');
  const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
  expect((await visitor.post('/refresh', {}, foreign)).status).toBe(403);
  expect(refreshes()).toBe(0);
});

test('a link to "refresh now" refreshes nothing', async () => {
  await visitor.signIn('alice');
  await visitor.open('/refresh');
  expect(refreshes()).toBe(0);
});

test('new groups arrive with the next refresh', async () => {
  await visitor.signIn('bob');
  expect((await visitor.open('/admin')).status).toBe(403);
  site.pool.addToGroup('bob', 'admin');
  await visitor.post('/refresh', {}, { referer: `${site.origin}/admin` });
  expect((await visitor.open('/admin')).status).toBe(200);
});

test('no user notices that the pool replaced its keys', async () => {
  await visitor.signIn('alice');
  await site.pool.rotateKeys();
  expect((await visitor.open('/profile')).status).toBe(200);
  // A process that has only fetched the new keys can't verify the old tokens, so it refreshes them.
  const other = await startInstance(site.environment);
  try {
    const elsewhere = createVisitor(other.origin, visitor.cookies);
    expect((await elsewhere.open('/profile')).status).toBe(200);
    expect(refreshes()).toBe(1);
  } finally {
    await other.close();
  }
});

test('an outage of the key endpoint has no effect once any part of the site has the keys', async () => {
  await visitor.signIn('alice', '/login?returnTo=/api/me');
  site.pool.fault(`/${site.environment.COGNITO_USER_POOL_ID}/.well-known/jwks.json`, {
    status: 500,
  });
  expect((await visitor.open('/profile')).status).toBe(200);
  expect((await visitor.open('/api/me', FETCH)).status).toBe(200);
});

test('an outage of the key endpoint keeps the session, and protected pages return 503', async () => {
  await visitor.signIn('alice');
  const other = await startInstance(site.environment);
  try {
    const jwks = `/${site.environment.COGNITO_USER_POOL_ID}/.well-known/jwks.json`;
    site.pool.fault(jwks, { status: 500 });
    const elsewhere = createVisitor(other.origin, visitor.cookies);
    expect((await elsewhere.open('/profile')).status).toBe(503);
    expect((await elsewhere.open('/api/me', FETCH)).status).toBe(503);
    expect((await elsewhere.open('/')).body).toContain('can’t tell right now');
    site.pool.fault(jwks, null);
    expect((await elsewhere.open('/profile')).status).toBe(200);
  } finally {
    await other.close();
  }
});
