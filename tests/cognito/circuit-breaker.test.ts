import { expect, test } from 'vitest';
import { createCircuitBreaker, PATIENCE } from '@/lib/cognito/protocol/circuit-breaker';

type Result = 'fine' | 'down';

/** A circuit, calls that end when the test says so, and a clock that the test moves. */
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

test('half a second is the most that an endpoint costs which was down a moment ago', () => {
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

test('while the endpoint answers, everybody calls and waits', async () => {
  const { run, end, calls, circuit } = setUp();
  const both = Promise.all([run(), run()]);
  expect(calls.length).toBe(2);
  end(1, 'fine');
  end(0, 'fine');
  expect(await both).toEqual(['fine', 'fine']);
  expect(circuit.isBroken()).toBe(false);
});

test('after a failure one tries, and the others wait for its verdict: no', async () => {
  const { run, end, calls } = await broken();
  const crowd = Promise.all(Array.from({ length: 10 }, run));
  expect(calls.length).toBe(2);
  end(1, 'down');
  expect(new Set((await crowd).slice(1))).toEqual(new Set([undefined]));
  expect(calls.length).toBe(2);
});

test('or yes: then all of them go on', async () => {
  const { run, end, calls } = await broken();
  const crowd = Promise.all(Array.from({ length: 3 }, run));
  end(1, 'fine');
  while (calls.length < 4) await new Promise(setImmediate);
  end(2, 'fine');
  end(3, 'fine');
  expect(await crowd).toEqual(['fine', 'fine', 'fine']);
});

test('nobody waits long for an endpoint that hangs, and the next one tries anew', async () => {
  const { run, end, calls, outOfPatience, circuit } = await broken();
  const first = run();
  outOfPatience();
  expect(await first).toBeUndefined();
  const second = run();
  expect(calls.length).toBe(3);
  end(2, 'fine');
  expect(await second).toBe('fine');
  expect(circuit.isBroken()).toBe(false);
  // The one that hung fails at last; that was long ago.
  end(1, 'down');
  await new Promise(setImmediate);
  expect(circuit.isBroken()).toBe(false);
});

test('one who tries patiently waits in full, and keeps nobody else from trying', async () => {
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

test('an answer that nobody waited for still says that the endpoint is back', async () => {
  const { run, end, outOfPatience, circuit } = await broken();
  const first = run();
  outOfPatience();
  expect(await first).toBeUndefined();
  end(1, 'fine');
  await new Promise(setImmediate);
  expect(circuit.isBroken()).toBe(false);
});

test('a call that throws is a failure, and throws', async () => {
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
