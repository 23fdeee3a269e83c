import { expect, test } from 'vitest';
import { type SignedIn, signInAge, verifySession } from '@/lib/cognito/session/session-status';
import { fakePool, mintSession, NOW } from './support';

/** A session refreshed ten minutes ago, of somebody who signed in an hour before that. */
async function refreshed(id: object = {}): Promise<SignedIn> {
  const pool = await fakePool();
  const session = await mintSession({ id: { auth_time: NOW - 3600, ...id } });
  const state = await verifySession(pool.client, session);
  if (state.state !== 'signed-in') throw new Error(state.state);
  return state;
}

test('how long ago somebody signed in is counted from the sign-in, not from the refresh', async () => {
  expect(signInAge(await refreshed(), NOW + 600)).toBe(4200);
});

test('a site whose clock is four minutes ahead counts by the clock of the user pool', async () => {
  const state = await refreshed();
  const ahead = { ...state, session: { ...state.session, receivedAt: NOW + 240 } };
  expect(signInAge(ahead, NOW + 240 + 600)).toBe(4200);
});

test.each([undefined, 'now'])('a token whose sign-in is %j is as old as can be', async (time) => {
  const state = await refreshed({ auth_time: time });
  expect(signInAge(state, NOW)).toBe(Number.POSITIVE_INFINITY);
});
