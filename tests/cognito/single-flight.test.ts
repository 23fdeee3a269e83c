import { describe, expect, test } from 'vitest';
import { createSingleFlight } from '@/lib/cognito/protocol/single-flight';
import { NOW } from './support';

describe('single flight', () => {
  function setUpFlights(max: number) {
    const clock = { now: NOW };
    let runs = 0;
    const flights = createSingleFlight<number>(() => clock.now, {
      keepSeconds: 60,
      keep: (result) => (result < 0 ? 'never' : result < 100 ? 'unless-newer' : 'always'),
      max,
      maxEach: 2,
    });
    return {
      clock,
      flights,
      run: (key: string, sign = 1) => flights.run(key, async () => ++runs * sign),
    };
  }

  test('a result is kept for its lifetime, and only if `keep` says so', async () => {
    const { clock, run } = setUpFlights(10);
    expect([await run('a'), await run('a'), await run('b', -1), await run('b', -1)]).toEqual([
      1, 1, -2, -3,
    ]);
    clock.now += 60;
    expect(await run('a')).toBe(4);
  });

  test('a result expires on time, even while other work never ends', async () => {
    const { clock, run, flights } = setUpFlights(10);
    void flights.run('stuck', () => new Promise(() => {}));
    expect(await run('a')).toBe(1);
    clock.now += 59;
    expect(await run('a')).toBe(1);
    clock.now += 1;
    expect(await run('a')).toBe(2);
  });

  test('a failure is thrown to all callers, and not remembered', async () => {
    const flights = createSingleFlight<number>(() => NOW, {
      keepSeconds: 60,
      keep: () => 'always',
      max: 10,
      maxEach: 10,
    });
    const fail = () => flights.run('a', () => Promise.reject(new Error('no')));
    await expect(Promise.all([fail(), fail()])).rejects.toThrow('no');
    expect(await flights.run('a', async () => 7)).toBe(7);
  });

  test('no more results are kept than allowed: the oldest are dropped', async () => {
    const { run } = setUpFlights(3);
    for (const key of ['a 1', 'b 1', 'c 1', 'd 1', 'e 1']) await run(key);
    expect(await run('e 1')).toBe(5);
    expect(await run('a 1')).toBe(6);
  });

  test('too many results of one owner push out the oldest of that owner, and no other', async () => {
    const { run } = setUpFlights(10);
    for (const key of ['alice 1', 'bob 1', 'bob 2', 'bob 3']) await run(key);
    expect([await run('alice 1'), await run('bob 2'), await run('bob 3')]).toEqual([1, 3, 4]);
    expect(await run('bob 1')).toBe(5);
  });

  test('work that has been running for too long is not joined, and neither result is lost', async () => {
    const { clock, flights } = setUpFlights(10);
    const land: ((result: number) => void)[] = [];
    const start = () => flights.run('a', () => new Promise((resolve) => land.push(resolve)), 0.5);
    const first = start();
    clock.now += 0.4;
    expect(start()).toBe(first);
    clock.now += 0.1;
    const second = start();
    expect(second).not.toBe(first);
    land[0]?.(100);
    expect(await first).toBe(100);
    // The later call ends with a worse result: it was refused, because the first one used the token.
    land[1]?.(1);
    expect(await second).toBe(1);
    expect(await flights.finished('a')).toBe(100);
  });

  test('a result can be read without starting work', async () => {
    const { flights, run } = setUpFlights(10);
    expect(flights.find('a')).toBeUndefined();
    const running = run('a');
    expect(flights.find('a')).toBe(running);
    expect(flights.finished('a')).toBeUndefined();
    await running;
    expect(await flights.finished('a')).toBe(1);
  });
});
