import { describe, expect, test } from 'vitest';
import { expired, LATER, TOKEN } from './expired-session';
import { accessClaims, mintSession, mintTokens, sign, tokenAnswer } from './support';

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

  test('is not returned either after thousands of other people signed out', async () => {
    const { pool, copy, newest, refresh, distrust } = await refreshed();
    distrust(newest);
    const stranger = await mintSession();
    for (let turn = 0; turn < 2100; turn++) {
      distrust({
        ...stranger,
        accessToken: await sign({ ...accessClaims(), sub: `user-${turn}` }),
      });
    }
    pool.answer = refuse;
    expect(await refresh(copy)).toEqual({ state: 'ended' });
  }, 30_000);

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
