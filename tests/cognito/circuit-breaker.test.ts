import { expect, test } from 'vitest';
import { createCircuitBreaker, PATIENCE } from '@/lib/cognito/protocol/circuit-breaker';

type Result = 'fine' | 'down';

/** A circuit breaker, with calls and waits that the test ends. */
function setUp() {
  const waits: (() => void)[] = [];
  const calls: ((result: Result) => void)[] = [];
  const circuit = createCircuitBreaker((milliseconds) => {
    expect(milliseconds).toBe(PATIENCE * 1000);
    return new Promise((resolve) => waits.push(resolve));
  });
  const run = () =>
    circuit.run(
      () => new Promise<Result>((resolve) => calls.push(resolve)),
      (result) => result === 'down',
    );
  const end = (call: number, result: Result) => calls[call]?.(result);
  return {
    circuit,
    calls,
    run,
    end,
    outOfPatience: () => {
      for (const wait of waits.splice(0)) wait();
    },
  };
}

test('an endpoint whose last call failed costs at most half a second', () => {
  expect(PATIENCE).toBe(0.5);
});

async function broken() {
  const all = setUp();
  const first = all.run();
  all.end(0, 'down');
  expect(await first).toBe('down');
  expect(all.circuit.isBroken()).toBe(true);
  return all;
}

test('while the endpoint works, every request calls it and waits', async () => {
  const { run, end, calls, circuit } = setUp();
  const both = Promise.all([run(), run()]);
  expect(calls.length).toBe(2);
  end(1, 'fine');
  end(0, 'fine');
  expect(await both).toEqual(['fine', 'fine']);
  expect(circuit.isBroken()).toBe(false);
});

test('after a failure one request tries, and the others wait and give up if it fails', async () => {
  const { run, end, calls } = await broken();
  const crowd = Promise.all(Array.from({ length: 10 }, run));
  expect(calls.length).toBe(2);
  end(1, 'down');
  expect(new Set((await crowd).slice(1))).toEqual(new Set([undefined]));
  expect(calls.length).toBe(2);
});

test('after a failure one request tries, and the others wait and continue if it works', async () => {
  const { run, end, calls } = await broken();
  const crowd = Promise.all(Array.from({ length: 3 }, run));
  end(1, 'fine');
  while (calls.length < 4) await new Promise(setImmediate);
  end(2, 'fine');
  end(3, 'fine');
  expect(await crowd).toEqual(['fine', 'fine', 'fine']);
});

test('no request waits long for an endpoint that hangs, and the next one tries again', async () => {
  const { run, end, calls, outOfPatience, circuit } = await broken();
  const first = run();
  outOfPatience();
  expect(await first).toBeUndefined();
  const second = run();
  expect(calls.length).toBe(3);
  end(2, 'fine');
  expect(await second).toBe('fine');
  expect(circuit.isBroken()).toBe(false);
  // The call that was hanging fails in the end, but it started long ago.
  end(1, 'down');
  await new Promise(setImmediate);
  expect(circuit.isBroken()).toBe(false);
});

test('a request that waits for its whole call does not keep others from trying', async () => {
  const { circuit, calls, end, run, outOfPatience } = await broken();
  const patient = circuit.run(
    () => new Promise<Result>((resolve) => calls.push(resolve)),
    (result) => result === 'down',
    true,
  );
  const beside = run();
  outOfPatience();
  expect(await beside).toBeUndefined();
  const next = run();
  expect(calls.length).toBe(3);
  end(2, 'fine');
  expect(await next).toBe('fine');
  end(1, 'fine');
  expect(await patient).toBe('fine');
});

test('a response that no request waited for still shows that the endpoint is back', async () => {
  const { run, end, outOfPatience, circuit } = await broken();
  const first = run();
  outOfPatience();
  expect(await first).toBeUndefined();
  end(1, 'fine');
  await new Promise(setImmediate);
  expect(circuit.isBroken()).toBe(false);
});

test('a call that throws counts as a failure, and its error is thrown', async () => {
  const { circuit } = setUp();
  const fail = () =>
    circuit.run(
      () => Promise.reject(new Error('no')),
      () => false,
    );
  await expect(fail()).rejects.toThrow('no');
  expect(circuit.isBroken()).toBe(true);
  await expect(fail()).rejects.toThrow('no');
});
