import { describe, expect, test } from 'vitest';
import { createCallbacks } from '@/lib/cognito/session/callbacks';
import { createFlights } from '@/lib/cognito/session/flights';
import { failure, fakePool, mintTokens, NOW, tokenAnswer } from './support';

const ATTEMPT = {
  state: 'the-state',
  nonce: 'the-nonce',
  codeVerifier: 'v',
  returnTo: '/',
  startedAt: NOW,
};
const CALLBACK = { code: 'the-code', state: 'the-state' };

async function setUp() {
  const pool = await fakePool();
  const tokens = await mintTokens();
  pool.answer = () => tokenAnswer(tokens);
  const callbacks = createCallbacks(pool.client);
  return { pool, tokens, callbacks, finish: () => callbacks.finish(ATTEMPT, CALLBACK) };
}

describe('a callback', () => {
  test('twice at the same moment is one exchange with one result', async () => {
    const { pool, tokens, finish } = await setUp();
    const [one, two] = await Promise.all([finish(), finish()]);
    expect(one).toEqual({ ...tokens, signedInAt: NOW, receivedAt: NOW });
    expect(two).toBe(one);
    expect(pool.calls('/oauth2/token')).toBe(1);
  });

  test('again later is refused, and the pool is not asked', async () => {
    const { pool, callbacks, finish } = await setUp();
    await finish();
    expect(await failure(finish())).toBe('attempt_replayed');
    expect(callbacks.pageOf(ATTEMPT.state)).toBe(ATTEMPT.returnTo);
    expect(callbacks.pageOf('another')).toBeUndefined();
    expect(pool.calls('/oauth2/token')).toBe(1);
  });

  test('that was refused stays refused', async () => {
    const { pool, finish } = await setUp();
    pool.answer = () => Response.json({ error: 'invalid_grant' }, { status: 400 });
    expect(await failure(finish())).toBe('invalid_grant');
    expect(await failure(finish())).toBe('attempt_replayed');
  });

  test('that met an outage may be tried again', async () => {
    const { pool, finish } = await setUp();
    const { answer } = pool;
    pool.answer = () => new Response(null, { status: 503 });
    expect(await failure(finish())).toMatch(/^unavailable/);
    pool.answer = answer;
    expect((await finish()).signedInAt).toBe(NOW);
  });
});

test('a callback whose tokens cannot be verified yet works on reload, with its one code', async () => {
  const { pool, tokens, finish } = await setUp();
  const { keys } = pool;
  pool.keys = () => new Response(null, { status: 503 });
  expect(await failure(finish())).toMatch(/^keys_unavailable/);
  pool.keys = keys;
  expect(await finish()).toMatchObject(tokens);
  expect(pool.calls('/oauth2/token')).toBe(1);
});

describe('flights', () => {
  function setUpFlights(max: number) {
    const clock = { now: NOW };
    let runs = 0;
    const flights = createFlights<number>({
      now: () => clock.now,
      keepSeconds: 60,
      worthKeeping: (result) => result >= 0,
      max,
    });
    return {
      clock,
      flights,
      run: (key: string, sign = 1) => flights.run(key, async () => ++runs * sign),
    };
  }

  test('a result is kept for its time, and only if it is worth it', async () => {
    const { clock, run } = setUpFlights(10);
    expect([await run('a'), await run('a'), await run('b', -1), await run('b', -1)]).toEqual([
      1, 1, -2, -3,
    ]);
    clock.now += 60;
    expect(await run('a')).toBe(4);
  });

  test('a result is over at its time, even behind a flight that never lands', async () => {
    const { clock, run, flights } = setUpFlights(10);
    void flights.run('stuck', () => new Promise(() => {}));
    expect(await run('a')).toBe(1);
    clock.now += 59;
    expect(await run('a')).toBe(1);
    clock.now += 1;
    expect(await run('a')).toBe(2);
  });

  test('a failure is thrown to all who wait, and forgotten', async () => {
    const flights = createFlights<number>({
      now: () => NOW,
      keepSeconds: 60,
      worthKeeping: () => true,
      max: 10,
    });
    const fail = () => flights.run('a', () => Promise.reject(new Error('no')));
    await expect(Promise.all([fail(), fail()])).rejects.toThrow('no');
    expect(await flights.run('a', async () => 7)).toBe(7);
  });

  test('no more results are kept than allowed: the oldest go', async () => {
    const { run } = setUpFlights(3);
    for (const key of ['a', 'b', 'c', 'd', 'e']) await run(key);
    expect(await run('e')).toBe(5);
    expect(await run('a')).toBe(6);
  });
});
