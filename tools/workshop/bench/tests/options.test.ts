import { expect, test } from 'vitest';
import { isWhole, readOptions } from '@/tools/workshop/bench/options';

const APPS = ['bare', 'ours'];

test('a run without options is complete, and a quick run does less of everything', () => {
  const whole = readOptions([], APPS);
  const quick = readOptions(['--quick'], APPS);
  expect(whole).toMatchObject({
    rounds: 12,
    requests: 80,
    memory: 50_000,
    only: [],
    scenarios: ['requests', 'instances', 'day'],
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

test('a scenario can run alone, without memory and cold starts unless they are asked for', () => {
  const alone = { scenarios: ['day'], memory: 0, starts: 0, rounds: 12 };
  expect(readOptions(['--scenario', 'day'], APPS)).toMatchObject(alone);
  const more = readOptions(['--scenario', 'day', '--starts', '3'], APPS);
  expect(more).toMatchObject({ ...alone, starts: 3 });
});

test('with --help nothing is run', () => {
  expect(readOptions(['--help', '--rounds', '3'], APPS)).toBeNull();
});

test.each([
  [['--rounds', '0'], '--rounds must be a whole number of at least 1'],
  [['--rounds', 'many'], '--rounds must be a whole number'],
  [['--memory=-1'], '--memory must be a whole number of at least 0'],
  [['--only', 'ours,theirs'], '--only: unknown theirs. Use bare, ours.'],
  [['--scenario', 'week'], '--scenario: unknown week. Use requests, instances, day.'],
  [['--fast'], '--fast'],
])('%j is refused', (args, message) => {
  expect(() => readOptions(args, APPS)).toThrow(message);
});

test.each([
  [[], true],
  [['--rounds', '24', '--memory', '0'], true],
  [['--rounds', '11'], false],
  [['--requests', '79'], false],
  [['--quick', '--rounds', '12', '--requests', '80'], false],
  [['--built'], false],
  [['--only', 'ours'], false],
  [['--scenario', 'requests,instances'], false],
])('whether a run with %j may write the documents: %s', (args, whole) => {
  const options = readOptions(args, APPS);
  expect(options && isWhole(options)).toBe(whole);
});
