import { describe, expect, test } from 'vitest';
import { createRefresher, isRefreshDue } from '@/lib/cognito/session/refresh';
import { resolveSession, verifySession } from '@/lib/cognito/session/state';
import { fakePool, mintSession, mintTokens, NOW, publicKeys, sign, tokenAnswer } from './support';

const TOKEN = '/oauth2/token';
const LATER = NOW + 3600;

/** A session whose tokens have just expired, and a pool that gives new ones. */
async function expired(change: Parameters<typeof mintTokens>[0] = {}) {
  const pool = await fakePool();
  const session = await mintSession();
  const fresh = await mintTokens({ iat: LATER, id: { nonce: undefined }, ...change });
  pool.now = LATER;
  pool.answer = () => tokenAnswer({ idToken: fresh.idToken, accessToken: fresh.accessToken });
  return { pool, session, fresh, refresh: createRefresher(pool.client) };
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

  test('takes a rotated refresh token', async () => {
    const { pool, session, fresh, refresh } = await expired();
    pool.answer = () => tokenAnswer({ ...fresh, refreshToken: 'the next one' });
    expect(await refresh(session)).toMatchObject({ session: { refreshToken: 'the next one' } });
  });

  test('happens once for fifty requests at the same moment', async () => {
    const { pool, session, refresh } = await expired();
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => refresh({ ...session })));
    expect(new Set(outcomes).size).toBe(1);
    expect(pool.calls(TOKEN)).toBe(1);
  });

  test('serves those who come late with the old cookie for a minute', async () => {
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

  test('that finds the session dead asks once a minute, not for each request', async () => {
    const { pool, session, refresh } = await expired();
    pool.answer = () => Response.json({ error: 'invalid_grant' }, { status: 400 });
    for (let i = 0; i < 10; i++) expect(await refresh(session)).toEqual({ state: 'ended' });
    expect(pool.calls(TOKEN)).toBe(1);
  });

  test('in an outage is not remembered: the next try works', async () => {
    const { pool, session, refresh } = await expired();
    const { answer } = pool;
    pool.answer = () => new Response(null, { status: 500 });
    expect(await refresh(session)).toMatchObject({ state: 'unavailable' });
    pool.answer = answer;
    expect(await refresh(session)).toMatchObject({ state: 'refreshed' });
  });

  test.each<[string, Parameters<typeof mintTokens>[0]]>([
    ['another person', { id: { sub: 'else' }, access: { sub: 'else' } }],
    ['another sign-in', { id: { nonce: 'another nonce' } }],
  ])('that returns the tokens of %s ends the session', async (_, change) => {
    const { session, refresh } = await expired(change);
    expect(await refresh(session)).toEqual({ state: 'ended' });
  });

  test('that returns forged or foreign tokens changes nothing', async () => {
    for (const id of [{ aud: 'another' }, { iss: 'https://evil.example' }, { exp: NOW }]) {
      const { session, refresh } = await expired({ id });
      expect(await refresh(session)).toMatchObject({ state: 'unavailable' });
    }
  });

  test('whose tokens cannot be verified yet keeps them: they may come only once', async () => {
    const { pool, session, fresh, refresh } = await expired();
    const { keys } = pool;
    pool.keys = () => new Response(null, { status: 503 });
    expect(await refresh(session)).toMatchObject({ state: 'unavailable' });
    pool.keys = keys;
    pool.answer = () => Response.json({ error: 'invalid_grant' }, { status: 400 });
    expect(await refresh(session)).toMatchObject({
      state: 'refreshed',
      session: { idToken: fresh.idToken },
    });
    expect(pool.calls(TOKEN)).toBe(1);
  });
});

describe('a refresh is due', () => {
  test('a minute before the end of a long life', async () => {
    const session = await mintSession();
    expect(isRefreshDue(session, NOW + 3539)).toBe(false);
    expect(isRefreshDue(session, NOW + 3540)).toBe(true);
  });

  test('a tenth before the end of a short one, whichever token ends first', async () => {
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

describe('a session of a request', () => {
  async function resolve(at: number, answer?: () => Response, force = false) {
    const { pool, session, refresh } = await expired();
    pool.now = at;
    if (answer) pool.answer = answer;
    const state = await resolveSession(pool.client, refresh, session, force);
    return { state, calls: pool.calls(TOKEN) };
  }
  const down = () => new Response(null, { status: 500 });
  const dead = () => Response.json({ error: 'invalid_grant' }, { status: 400 });

  test('that is fresh is verified and not refreshed', async () => {
    const { state, calls } = await resolve(NOW + 10);
    expect(state).toMatchObject({ state: 'live', renewed: false, user: { username: 'alice' } });
    expect(calls).toBe(0);
  });

  test('that is expired is refreshed', async () => {
    expect((await resolve(LATER)).state).toMatchObject({ state: 'live', renewed: true });
  });

  test.each([
    ['expires in half a minute, in an outage, goes on', LATER - 30, down, false, 'live'],
    ['expires in half a minute, revoked, goes on until then', LATER - 30, dead, false, 'live'],
    ['is expired, in an outage, is neither in nor out', LATER, down, false, 'unavailable'],
    ['is expired and revoked is over', LATER, dead, false, 'none'],
    ['is fresh, revoked, and to be refreshed now is over', NOW + 10, dead, true, 'none'],
    ['is fresh, in an outage, and to be refreshed now goes on', NOW + 10, down, true, 'live'],
    ['is expired, in an outage, and to be refreshed now', LATER, down, true, 'unavailable'],
    ['has a second left, in an outage, has too little', LATER - 1, down, false, 'unavailable'],
  ])('that %s', async (_, at, answer, force, state) => {
    expect((await resolve(at, answer, force)).state.state).toBe(state);
  });

  test('whose keys the pool has replaced is refreshed', async () => {
    const { pool, session, refresh } = await expired();
    pool.now = NOW + 10;
    const jwks = await publicKeys(['next-id', 'next-access']);
    pool.keys = () => Response.json(jwks);
    const access = await mintTokens({ id: { at_hash: undefined } });
    const claims = (token: string) => JSON.parse(atob(token.split('.')[1] ?? ''));
    const idToken = await sign({ ...claims(access.idToken), nonce: undefined }, { kid: 'next-id' });
    const accessToken = await sign(claims(access.accessToken), { kid: 'next-access' });
    pool.answer = () => tokenAnswer({ idToken, accessToken });
    expect(await resolveSession(pool.client, refresh, session)).toMatchObject({ renewed: true });
  });

  test('that a page reads by itself is never refreshed: expired is neither in nor out', async () => {
    const { pool, session } = await expired();
    expect((await verifySession(pool.client, session)).state).toBe('unavailable');
    pool.now = NOW;
    expect((await verifySession(pool.client, session)).state).toBe('live');
    const foreign = { ...session, ...(await mintTokens({ id: { aud: 'another' } })) };
    expect((await verifySession(pool.client, foreign)).state).toBe('none');
    const cold = await fakePool();
    cold.keys = () => new Response(null, { status: 500 });
    expect((await verifySession(cold.client, session)).state).toBe('unavailable');
    expect(pool.calls(TOKEN) + cold.calls(TOKEN)).toBe(0);
  });

  test('that is none stays none', async () => {
    const { pool, refresh } = await expired();
    expect(await resolveSession(pool.client, refresh, null)).toEqual({ state: 'none' });
    expect(pool.requests).toEqual([]);
  });
});
