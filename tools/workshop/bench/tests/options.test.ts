import { expect, test } from 'vitest';
import { isWhole, readOptions } from '@/tools/workshop/bench/options';

const APPS = ['bare', 'ours'];

test('without options a run is whole, and a quick one is shorter everywhere', () => {
  const whole = readOptions([], APPS);
  const quick = readOptions(['--quick'], APPS);
  expect(whole).toMatchObject({
    rounds: 8,
    requests: 100,
    memory: 50_000,
    only: [],
    quick: false,
  });
  expect(quick).toMatchObject({ only: [], quick: true });
  for (const key of ['rounds', 'requests', 'memory', 'starts'] as const) {
    expect(quick?.[key]).toBeLessThan(whole?.[key] ?? 0);
  }
});

test('a number goes over the usual one, of a quick run too', () => {
  expect(readOptions(['--quick', '--rounds', '3', '--memory=0'], APPS)).toMatchObject({
    rounds: 3,
    memory: 0,
    requests: 40,
  });
});

test('help is no run', () => {
  expect(readOptions(['--help', '--rounds', '3'], APPS)).toBeNull();
});

test.each([
  [['--rounds', '0'], '--rounds takes a number from 1'],
  [['--rounds', 'many'], '--rounds takes a number'],
  [['--memory=-1'], '--memory takes a number from 0'],
  [['--only', 'ours,theirs'], 'There is no app theirs; there are bare, ours.'],
  [['--fast'], '--fast'],
])('%j is refused', (args, message) => {
  expect(() => readOptions(args, APPS)).toThrow(message);
});

test.each([
  [[], true],
  [['--rounds', '24', '--memory', '0'], true],
  [['--rounds', '7'], false],
  [['--requests', '99'], false],
  [['--quick', '--rounds', '8', '--requests', '100'], false],
  [['--built'], false],
  [['--only', 'ours'], false],
])('whether a run with %j may write the documents: %s', (args, whole) => {
  const options = readOptions(args, APPS);
  expect(options && isWhole(options)).toBe(whole);
});
