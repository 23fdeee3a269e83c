import { describe, expect, test } from 'vitest';
import { resolveSession, verifySession } from '@/lib/cognito/session/session-status';
import { expired, LATER, TOKEN } from './expired-session';
import { fakePool, mintSession, mintTokens, NOW, publicKeys, sign, tokenAnswer } from './support';

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

/**
 * The age of a sign-in an hour before the session's last refresh, ten minutes after that.
 *
 * @param ahead how far this server's clock is ahead of the user pool's, in seconds
 */
async function ageOf({ id = {}, ahead = 0 }: { id?: object; ahead?: number }): Promise<number> {
  const pool = await fakePool();
  const minted = await mintSession({ id: { auth_time: NOW - 3600, ...id } });
  pool.now = NOW + ahead + 600;
  const status = await verifySession(pool.client, { ...minted, receivedAt: NOW + ahead });
  if (status.state !== 'signed-in') throw new Error(status.state);
  return status.signInAge;
}

test('the age of a sign-in is counted from the sign-in, not from the refresh', async () => {
  expect(await ageOf({})).toBe(4200);
});

test('a site whose clock is four minutes ahead uses the clock of the user pool', async () => {
  expect(await ageOf({ ahead: 240 })).toBe(4200);
});

test.each([undefined, 'now'])(
  'a token whose sign-in is %j counts as infinitely old',
  async (time) => {
    expect(await ageOf({ id: { auth_time: time } })).toBe(Number.POSITIVE_INFINITY);
  },
);
