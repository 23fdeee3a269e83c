import { expect, test } from 'vitest';
import { isWhole, readOptions } from '@/tools/workshop/bench/options';

const APPS = ['bare', 'ours'];

test('a run without options is complete, and a quick run does less of everything', () => {
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

test('a number overrides the default, in a quick run too', () => {
  expect(readOptions(['--quick', '--rounds', '3', '--memory=0'], APPS)).toMatchObject({
    rounds: 3,
    memory: 0,
    requests: 40,
  });
});

test('with --help nothing is run', () => {
  expect(readOptions(['--help', '--rounds', '3'], APPS)).toBeNull();
});

test.each([
  [['--rounds', '0'], '--rounds must be a whole number of at least 1'],
  [['--rounds', 'many'], '--rounds must be a whole number'],
  [['--memory=-1'], '--memory must be a whole number of at least 0'],
  [['--only', 'ours,theirs'], '--only: unknown app theirs. Use bare, ours.'],
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
