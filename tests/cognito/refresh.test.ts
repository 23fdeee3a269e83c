import { describe, expect, test } from 'vitest';
import { verifyAccessToken } from '@/lib/cognito/protocol/verify';
import { createRefresher } from '@/lib/cognito/session/refresh';
import { isRefreshDue } from '@/lib/cognito/session/session';
import { resolveSession, verifySession } from '@/lib/cognito/session/session-status';
import {
  accessClaims,
  failure,
  fakePool,
  idClaims,
  mintSession,
  mintTokens,
  NOW,
  publicKeys,
  sign,
  tokenAnswer,
} from './support';

const TOKEN = '/oauth2/token';
const LATER = NOW + 3600;

/** A session whose tokens have just expired, and a pool that returns new ones. */
async function expired(change: Parameters<typeof mintTokens>[0] = {}) {
  const pool = await fakePool();
  const session = await mintSession();
  const fresh = await mintTokens({ iat: LATER, id: { nonce: undefined }, ...change });
  pool.now = LATER;
  pool.answer = () => tokenAnswer({ idToken: fresh.idToken, accessToken: fresh.accessToken });
  const refresher = createRefresher(pool.client);
  return { pool, session, fresh, refresher, refresh: refresher.refresh };
}

describe('a refresh', () => {
  test('gives the new tokens, and keeps the refresh token and the time of the sign-in', async () => {
    const { session, fresh, refresh } = await expired();
    expect(await refresh(session)).toMatchObject({
      state: 'refreshed',
      session: { ...fresh, refreshToken: session.refreshToken, signedInAt: NOW, receivedAt: LATER },
      claims: { id: { iat: LATER } },
    });
  });

  test('whose tokens waited for new keys counts from when the tokens arrived', async () => {
    const { pool, session, refresh } = await expired();
    await verifySession(pool.client, session, 3600);
    const [kid, jwks] = ['new-key', await publicKeys(['new-key'])];
    const idToken = await sign(idClaims(LATER), { kid });
    const accessToken = await sign(accessClaims(LATER), { kid });
    pool.answer = () => tokenAnswer({ idToken, accessToken });
    // The tokens are valid for an hour, and their keys take more than five minutes.
    pool.keys = () => {
      pool.now = LATER + 320;
      return Response.json(jwks);
    };
    expect(await refresh(session)).toMatchObject({ session: { idToken, receivedAt: LATER } });
  });

  test('counts as later than a sign-in in the same second', async () => {
    const { pool, session, refresh } = await expired({ iat: NOW });
    pool.now = NOW + 0.5;
    expect(await refresh(session)).toMatchObject({
      session: { signedInAt: NOW, receivedAt: NOW + 1 },
    });
  });

  test('uses a rotated refresh token', async () => {
    const { pool, session, fresh, refresh } = await expired();
    pool.answer = () => tokenAnswer({ ...fresh, refreshToken: 'the next one' });
    expect(await refresh(session)).toMatchObject({ session: { refreshToken: 'the next one' } });
  });

  test('happens once for fifty requests at once', async () => {
    const { pool, session, refresh } = await expired();
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => refresh({ ...session })));
    expect(new Set(outcomes).size).toBe(1);
    expect(pool.calls(TOKEN)).toBe(1);
  });

  test('also serves late requests with the old cookie for a minute', async () => {
    const { pool, session, refresh } = await expired();
    const first = await refresh(session);
    pool.now += 59;
    expect(await refresh(session)).toBe(first);
    expect(pool.calls(TOKEN)).toBe(1);
    pool.now += 1;
    await refresh(session);
    expect(pool.calls(TOKEN)).toBe(2);
  });

  test('with the same refresh token but newer tokens is another refresh', async () => {
    const { pool, session, fresh, refresh } = await expired();
    await refresh(session);
    await refresh({ ...session, idToken: fresh.idToken, accessToken: fresh.accessToken });
    expect(pool.calls(TOKEN)).toBe(2);
  });

  test('of another session is another refresh', async () => {
    const { pool, session, refresh } = await expired();
    await refresh(session);
    await refresh({ ...session, refreshToken: 'of somebody else' });
    expect(pool.calls(TOKEN)).toBe(2);
  });

  test('of an ended session calls the pool once a minute, not for each request', async () => {
    const { pool, session, refresh } = await expired();
    pool.answer = () => Response.json({ error: 'invalid_grant' }, { status: 400 });
    for (let i = 0; i < 10; i++) expect(await refresh(session)).toEqual({ state: 'ended' });
    expect(pool.calls(TOKEN)).toBe(1);
  });

  test('of another user is still remembered after thousands of refreshes of one user', async () => {
    const { pool, session, refresh } = await expired();
    pool.answer = () => Response.json({ error: 'invalid_grant' }, { status: 400 });
    const bob = await mintSession({ access: { sub: 'bob' } });
    await refresh(bob);
    for (let turn = 0; turn < 2100; turn++) {
      await refresh({ ...session, refreshToken: `dead ${turn}` });
    }
    const before = pool.calls(TOKEN);
    expect(await refresh(bob)).toEqual({ state: 'ended' });
    expect(pool.calls(TOKEN)).toBe(before);
  }, 30_000);

  test('is remembered for two thousand sessions; for the oldest the pool is called again', async () => {
    const { pool, session, refresh } = await expired();
    pool.answer = () => Response.json({ error: 'invalid_grant' }, { status: 400 });
    const dead = async (turn: number) =>
      refresh({ ...session, accessToken: await sign({ ...accessClaims(), sub: `user-${turn}` }) });
    for (let turn = 0; turn <= 2001; turn++) await dead(turn);
    const before = pool.calls(TOKEN);
    await dead(2001);
    expect(pool.calls(TOKEN)).toBe(before);
    await dead(0);
    expect(pool.calls(TOKEN)).toBe(before + 1);
    // Two thousand refreshes take a moment on a busy machine.
  }, 30_000);

  test('during an outage is not remembered: the next try works', async () => {
    const { pool, session, refresh } = await expired();
    const { answer } = pool;
    pool.answer = () => new Response(null, { status: 500 });
    expect(await refresh(session)).toMatchObject({ state: 'unavailable' });
    pool.answer = answer;
    expect(await refresh(session)).toMatchObject({ state: 'refreshed' });
  });

  test.each<[string, Parameters<typeof mintTokens>[0]]>([
    ['another user', { id: { sub: 'else' }, access: { sub: 'else' } }],
    ['another sign-in', { id: { nonce: 'another nonce' } }],
  ])('that returns the tokens of %s ends the session', async (_, change) => {
    const { session, refresh } = await expired(change);
    expect(await refresh(session)).toEqual({ state: 'ended' });
  });

  test('that returns invalid tokens, or those of another app client, changes nothing', async () => {
    for (const id of [{ aud: 'another' }, { iss: 'https://evil.example' }, { exp: NOW }]) {
      const { session, refresh } = await expired({ id });
      expect(await refresh(session)).toMatchObject({ state: 'unavailable' });
    }
  });

  test('that fails unexpectedly does not end the session', async () => {
    const { session, refresh } = await expired();
    expect(await refresh({ ...session, idToken: 'not a token' })).toMatchObject({
      state: 'unavailable',
      error: { code: 'unavailable' },
    });
  });

  test('is not requested while its tokens could not be verified: they may come only once', async () => {
    const { pool, session, fresh, refresh } = await expired();
    const { keys } = pool;
    pool.keys = () => new Response(null, { status: 503 });
    expect(await refresh(session)).toMatchObject({ state: 'unavailable' });
    expect(pool.calls(TOKEN)).toBe(0);
    pool.keys = keys;
    const renewed = { idToken: fresh.idToken };
    expect(await refresh(session)).toMatchObject({ state: 'refreshed', session: renewed });
    expect(pool.calls(TOKEN)).toBe(1);
  });

  test('works during an outage of the key endpoint, if the keys are in memory', async () => {
    const { pool, session, refresh } = await expired();
    await verifySession(pool.client, session, 3600);
    pool.keys = () => new Response(null, { status: 503 });
    expect(await refresh(session)).toMatchObject({ state: 'refreshed' });
  });

  test('accepts tokens signed with a new key, even right after an unknown key ID', async () => {
    const { pool, session, refresh } = await expired();
    await verifySession(pool.client, session, 3600);
    const header = { kid: 'made-up' };
    const stranger = await sign(accessClaims(pool.now), header);
    expect(await failure(verifyAccessToken(pool.client, stranger, pool.now))).toMatch(/kid/);
    const jwks = await publicKeys(['new-key']);
    pool.keys = () => Response.json(jwks);
    const idToken = await sign(idClaims(pool.now), { kid: 'new-key' });
    const accessToken = await sign(accessClaims(pool.now), { kid: 'new-key' });
    pool.answer = () => tokenAnswer({ idToken, accessToken });
    expect(await refresh(session)).toMatchObject({ state: 'refreshed', session: { idToken } });
  });
});

test.each([400, 403, 404, 429])(
  'a refresh that gets HTTP %s keeps no other user from refreshing meanwhile',
  async (status) => {
    const { pool, session, refresh, fresh } = await expired();
    const bob = { ...session, refreshToken: 'of bob' };
    const of = (user: string) => pool.requests.at(-1)?.body.includes(user);
    let answer: (response: Response) => void = () => {};
    const throttled = () => new Response('<html>', { status });
    pool.answer = () => (of('of+bob') ? throttled() : tokenAnswer(fresh));
    expect(await refresh(bob)).toMatchObject({ state: 'unavailable' });
    pool.answer = () =>
      of('of+bob') ? new Promise((resolve) => (answer = resolve)) : tokenAnswer(fresh);
    const calls = pool.calls(TOKEN);
    const waiting = refresh(bob);
    while (pool.calls(TOKEN) === calls) await new Promise(setImmediate);
    const other = refresh(session);
    await new Promise(setImmediate);
    answer(throttled());
    expect(await other).toMatchObject({ state: 'refreshed' });
    pool.answer = throttled;
    expect(await waiting).toMatchObject({ state: 'unavailable' });
  },
);

describe('a failing token endpoint', () => {
  const timedOut = () => {
    const error = new Error('The operation was aborted due to timeout');
    error.name = 'TimeoutError';
    throw error;
  };

  test.each<[string, () => Response, number]>([
    ['returns 500', () => new Response(null, { status: 500 }), 2],
    ['returns 502 with HTML', () => new Response('<html>', { status: 502 }), 2],
    ['returns 200 with half a body', () => new Response('{"id_token":"ey'), 2],
    [
      'resets the connection',
      () => {
        throw new TypeError('fetch failed');
      },
      2,
    ],
    ['times out', timedOut, 1],
    ['is throttled', () => new Response(null, { status: 429 }), 1],
    [
      'refuses the refresh token',
      () => Response.json({ error: 'invalid_grant' }, { status: 400 }),
      1,
    ],
    ['rejects the client', () => Response.json({ error: 'invalid_client' }, { status: 400 }), 1],
  ])('that %s is called this often', async (_, answer, calls) => {
    const { pool, session, refresh } = await expired();
    pool.answer = answer;
    await refresh(session);
    expect(pool.calls(TOKEN)).toBe(calls);
    // An endpoint that is known to be down is not called twice any more.
    await refresh(session);
    expect(pool.calls(TOKEN)).toBeLessThanOrEqual(calls + 1);
  });

  test('is called again after a random pause', async () => {
    const { pool, session, refresh } = await expired();
    const waits: number[] = [];
    pool.wait = async (milliseconds) => void waits.push(milliseconds);
    pool.answer = () => new Response(null, { status: 500 });
    await refresh(session);
    expect(waits.length).toBe(1);
    expect(waits[0]).toBeGreaterThanOrEqual(100);
    expect(waits[0]).toBeLessThan(300);
  });

  test('that hangs is not waited for, and its late response is not lost', async () => {
    const { pool, session, fresh, refresh, refresher } = await expired();
    pool.answer = timedOut;
    await refresh(session);
    pool.wait = async () => {};
    let answer: (response: Response) => void = () => {};
    pool.answer = () => new Promise((resolve) => (answer = resolve));
    expect(await refresh(session)).toMatchObject({ state: 'unavailable' });
    while (pool.calls(TOKEN) < 2) await new Promise(setImmediate);
    answer(tokenAnswer({ ...fresh, refreshToken: 'the next one' }));
    await refresher.pending();
    expect(await refresh(session)).toMatchObject({ session: { refreshToken: 'the next one' } });
    expect(pool.calls(TOKEN)).toBe(2);
  });

  test('is waited for by the request that tries, if refresh tokens rotate', async () => {
    const { pool, session, fresh, refresh, refresher } = await expired();
    expect(refresher.rotates()).toBeUndefined();
    pool.answer = () => tokenAnswer({ ...fresh, refreshToken: 'the next one' });
    await refresh({ ...session, refreshToken: 'of somebody else' });
    expect(refresher.rotates()).toBe(true);
    pool.answer = timedOut;
    await refresh(session);
    pool.wait = async () => {};
    let answer: (response: Response) => void = () => {};
    pool.answer = () => new Promise((resolve) => (answer = resolve));
    const before = pool.calls(TOKEN);
    const trying = refresh(session);
    while (pool.calls(TOKEN) === before) await new Promise(setImmediate);
    answer(tokenAnswer(fresh));
    expect(await trying).toMatchObject({ state: 'refreshed' });
    expect(refresher.rotates()).toBe(false);
  });
});

test('a late request gets the newest session, not the one after its own', async () => {
  const { pool, session, fresh, refresh } = await expired();
  pool.answer = () => tokenAnswer({ ...fresh, refreshToken: 'second' });
  const second = await refresh(session);
  if (second.state !== 'refreshed') throw new Error('not refreshed');
  const newest = await mintTokens({ iat: LATER + 1, id: { nonce: undefined } });
  pool.answer = () => tokenAnswer({ ...newest, refreshToken: 'third' });
  await refresh(second.session);
  expect(await refresh(session)).toMatchObject({ session: { refreshToken: 'third' } });
  expect(pool.calls(TOKEN)).toBe(2);
});

describe('a session that was refreshed before its user signed out', () => {
  async function refreshed() {
    const all = await expired();
    const { pool, session, refresher, refresh } = all;
    const outcome = await refresh(session);
    if (outcome.state !== 'refreshed') throw new Error('not refreshed');
    pool.now += 5;
    return { ...all, copy: session, newest: outcome.session, distrust: refresher.distrust };
  }
  const refuse = () => Response.json({ error: 'invalid_grant' }, { status: 400 });

  test('is not returned to a late request without asking the pool, even if that asked in between', async () => {
    const { pool, copy, newest, refresh, distrust } = await refreshed();
    distrust(newest);
    // The sign-out has arrived, but the refresh token is not revoked yet.
    pool.now += 1;
    const next = await mintTokens({ iat: LATER + 6, id: { nonce: undefined } });
    pool.answer = () => tokenAnswer(next);
    expect(await refresh(copy)).toMatchObject({ state: 'refreshed' });
    expect(pool.calls(TOKEN)).toBe(2);
    pool.answer = refuse;
    expect(await refresh(copy)).toEqual({ state: 'ended' });
    expect(await refresh(copy)).toEqual({ state: 'ended' });
    expect(pool.calls(TOKEN)).toBe(3);
  });

  test('is not returned in an outage either', async () => {
    const { pool, copy, newest, refresh, distrust } = await refreshed();
    distrust(newest);
    pool.answer = () => new Response(null, { status: 500 });
    expect(await refresh(copy)).toMatchObject({ state: 'unavailable' });
  });

  test('is confirmed with the newest refresh token: tokens that rotate end no other session', async () => {
    const { pool, copy, newest, fresh, refresh, distrust } = await refreshed();
    distrust(newest);
    pool.answer = () => tokenAnswer({ ...fresh, refreshToken: 'the next one' });
    expect(await refresh(copy)).toMatchObject({ session: { refreshToken: 'the next one' } });
    expect(pool.requests.at(-1)?.body).toContain(newest.refreshToken.slice(0, 50));
  });

  test('costs a limited number of calls, however often it is requested', async () => {
    const { pool, copy, newest, refresh, distrust } = await refreshed();
    distrust(newest);
    for (let turn = 0; turn < 50; turn++) {
      const next = await mintTokens({ iat: LATER + turn, id: { nonce: undefined } });
      pool.answer = () => tokenAnswer(next);
      await refresh(copy);
    }
    expect(pool.calls(TOKEN)).toBeLessThan(25);
    expect(await refresh(copy)).toMatchObject({ state: 'unavailable' });
  });

  test('of another user is returned as before', async () => {
    const { pool, copy, refresh, distrust } = await refreshed();
    distrust(await mintSession({ access: { sub: 'somebody else' } }));
    expect(await refresh(copy)).toMatchObject({ state: 'refreshed' });
    expect(pool.calls(TOKEN)).toBe(1);
  });

  test('on another device is returned as before, unless the sign-out was for all devices', async () => {
    const { pool, copy, newest, refresh, distrust } = await refreshed();
    const other = await mintSession({ access: { origin_jti: 'of another device' } });
    distrust(other);
    expect(await refresh(copy)).toMatchObject({ session: newest });
    expect(pool.calls(TOKEN)).toBe(1);
    distrust(other, true);
    pool.answer = refuse;
    expect(await refresh(copy)).toEqual({ state: 'ended' });
  });

  test('is not returned once the pool has refused to refresh it again', async () => {
    const { pool, copy, newest, refresh } = await refreshed();
    pool.answer = refuse;
    await refresh(newest);
    expect(await refresh(copy)).toEqual({ state: 'ended' });
  });
});

describe('a refresh is due', () => {
  test('a minute before long-lived tokens expire', async () => {
    const session = await mintSession();
    expect(isRefreshDue(session, NOW + 3539)).toBe(false);
    expect(isRefreshDue(session, NOW + 3540)).toBe(true);
  });

  test('a tenth of the lifetime before short-lived tokens expire, whichever expires first', async () => {
    const session = await mintSession({ access: { exp: NOW + 300 } });
    expect(isRefreshDue(session, NOW + 269)).toBe(false);
    expect(isRefreshDue(session, NOW + 270)).toBe(true);
  });

  test('not on every request of a site whose clock is four minutes ahead', async () => {
    const session = {
      ...(await mintSession({ access: { exp: NOW + 300 } })),
      receivedAt: NOW + 240,
    };
    expect(isRefreshDue(session, NOW + 241)).toBe(false);
  });
});

describe('the session of a request', () => {
  async function resolve(at: number, answer?: () => Response, force = false) {
    const { pool, session, refresher } = await expired();
    pool.now = at;
    if (answer) pool.answer = answer;
    const state = await resolveSession(pool.client, refresher, session, force);
    return { state, calls: pool.calls(TOKEN) };
  }
  const down = () => new Response(null, { status: 500 });
  const dead = () => Response.json({ error: 'invalid_grant' }, { status: 400 });

  test('that is fresh is verified and not refreshed', async () => {
    const { state, calls } = await resolve(NOW + 10);
    expect(state).toMatchObject({
      state: 'signed-in',
      renewed: false,
      user: { username: 'alice' },
    });
    expect(calls).toBe(0);
  });

  test('that has expired is refreshed', async () => {
    expect((await resolve(LATER)).state).toMatchObject({ state: 'signed-in', renewed: true });
  });

  test.each([
    ['expires in half a minute, in an outage, continues', LATER - 30, down, false, 'signed-in'],
    [
      'expires in half a minute, revoked, continues until then',
      LATER - 30,
      dead,
      false,
      'signed-in',
    ],
    ['has expired, in an outage, is unavailable', LATER, down, false, 'unavailable'],
    ['has expired and is revoked has ended', LATER, dead, false, 'ended'],
    ['is fresh, revoked, and refreshed on request has ended', NOW + 10, dead, true, 'ended'],
    [
      'is fresh, in an outage, and refreshed on request continues',
      NOW + 10,
      down,
      true,
      'signed-in',
    ],
    [
      'has expired, in an outage, and is refreshed on request is unavailable',
      LATER,
      down,
      true,
      'unavailable',
    ],
    ['has one second left, in an outage, is unavailable', LATER - 1, down, false, 'unavailable'],
  ])('that %s', async (_, at, answer, force, state) => {
    expect((await resolve(at, answer, force)).state.state).toBe(state);
  });

  test('whose keys the pool has replaced is refreshed', async () => {
    const { pool, session, refresher } = await expired();
    pool.now = NOW + 10;
    const jwks = await publicKeys(['next-id', 'next-access']);
    pool.keys = () => Response.json(jwks);
    const access = await mintTokens({ id: { at_hash: undefined } });
    const claims = (token: string) => JSON.parse(atob(token.split('.')[1] ?? ''));
    const idToken = await sign({ ...claims(access.idToken), nonce: undefined }, { kid: 'next-id' });
    const accessToken = await sign(claims(access.accessToken), { kid: 'next-access' });
    pool.answer = () => tokenAnswer({ idToken, accessToken });
    expect(await resolveSession(pool.client, refresher, session)).toMatchObject({ renewed: true });
  });

  test('that a page reads itself is never refreshed: once expired, it is unavailable', async () => {
    const { pool, session } = await expired();
    expect((await verifySession(pool.client, session)).state).toBe('unavailable');
    pool.now = NOW;
    expect((await verifySession(pool.client, session)).state).toBe('signed-in');
    const foreign = { ...session, ...(await mintTokens({ id: { aud: 'another' } })) };
    expect((await verifySession(pool.client, foreign)).state).toBe('signed-out');
    const cold = await fakePool();
    cold.keys = () => new Response(null, { status: 500 });
    expect((await verifySession(cold.client, session)).state).toBe('unavailable');
    expect(pool.calls(TOKEN) + cold.calls(TOKEN)).toBe(0);
  });

  test('that does not exist is signed out', async () => {
    const { pool, refresher } = await expired();
    expect(await resolveSession(pool.client, refresher, null)).toEqual({ state: 'signed-out' });
    expect(pool.requests).toEqual([]);
  });
});
