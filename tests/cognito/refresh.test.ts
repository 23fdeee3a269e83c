import { describe, expect, test } from 'vitest';
import type { AppClient } from '@/lib/cognito/protocol/app-client';
import { verifyAccessToken } from '@/lib/cognito/protocol/verify';
import { isRefreshDue } from '@/lib/cognito/session/session';
import { verifySession } from '@/lib/cognito/session/session-status';
import { expired, LATER, TOKEN } from './expired-session';
import {
  accessClaims,
  failure,
  idClaims,
  mintSession,
  mintTokens,
  NOW,
  publicKeys,
  sign,
  tokenAnswer,
} from './support';

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

  test('is refused for a while to a user whose many sessions use up the quota that all share', async () => {
    const { pool, session, refresh } = await expired();
    const bob = await mintSession({ access: { sub: 'bob' } });
    for (let turn = 0; turn < 700; turn++) {
      // More sessions than the results that are remembered of one user, over and over.
      await refresh({ ...session, refreshToken: `session ${turn % 25}` });
    }
    expect(pool.calls(TOKEN)).toBe(600);
    expect(await refresh({ ...session, refreshToken: 'one more' })).toMatchObject({
      state: 'unavailable',
      error: { detail: expect.stringContaining('too many refreshes of one user') },
    });
    // Nobody else notices.
    await refresh(bob);
    expect(pool.calls(TOKEN)).toBe(601);
    pool.now += 60;
    expect(await refresh(session)).toMatchObject({ state: 'refreshed' });
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

  test.each<[string, (client: AppClient, kid: string) => Promise<unknown>]>([
    [
      'stranger',
      async (client, kid) => {
        const token = await sign(accessClaims(LATER), { kid });
        await failure(verifyAccessToken(client, token, LATER));
      },
    ],
    [
      'session',
      async (client, kid) => {
        const session = await mintSession();
        const idToken = await sign(idClaims(NOW), { kid });
        await verifySession(client, { ...session, idToken });
      },
    ],
  ])(
    'accepts tokens signed with a new key, even right after a %s with an unknown key',
    async (_, looksUp) => {
      const { pool, session, refresh } = await expired();
      await verifySession(pool.client, session, 3600);
      const fetches = () => pool.requests.filter(({ url }) => url.endsWith('/jwks.json')).length;
      const before = fetches();
      await looksUp(pool.client, 'unknown');
      expect(fetches()).toBe(before + 1);
      const jwks = await publicKeys(['new-key']);
      pool.keys = () => Response.json(jwks);
      const idToken = await sign(idClaims(pool.now), { kid: 'new-key' });
      const accessToken = await sign(accessClaims(pool.now), { kid: 'new-key' });
      pool.answer = () => tokenAnswer({ idToken, accessToken });
      expect(await refresh(session)).toMatchObject({ state: 'refreshed', session: { idToken } });
    },
  );
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
