import { describe, expect, test } from 'vitest';
import { expired, TOKEN } from './expired-session';
import { tokenAnswer } from './support';

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
