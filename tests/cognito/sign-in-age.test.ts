import { expect, test } from 'vitest';
import { verifySession } from '@/lib/cognito/session/session-status';
import { fakePool, mintSession, NOW } from './support';

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
