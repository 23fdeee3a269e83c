import { describe, expect, test } from 'vitest';
import { between, table } from '@/tools/workshop/bench/report/table';

describe('a table', () => {
  test('has its numbers aligned right', () => {
    expect(table(['', 'a'], [['x', '1.00']])).toBe('|  | a |\n| --- | --: |\n| x | 1.00 |');
  });

  test('rejects a row of the wrong width, and a cell that would break it', () => {
    expect(() => table(['', 'a'], [['x']])).toThrow('1 values, in 2 columns');
    expect(() => table([''], [['a | b']])).toThrow('must not contain');
    expect(() => table([''], [['a\nb']])).toThrow('must not contain');
  });
});

describe('the text between the marks', () => {
  const document = 'before\n<!-- bench -->\nold\n<!-- /bench -->\nafter\n';

  test('is replaced, and nothing else', () => {
    const once = between(document, 'new');
    expect(once).toBe('before\n<!-- bench -->\nnew\n<!-- /bench -->\nafter\n');
    expect(between(once, 'new')).toBe(once);
  });

  test.each([
    ['neither', 'before\n'],
    ['no end', 'a\n<!-- bench -->\nold\n'],
    ['no start', 'a\n<!-- /bench -->\n'],
    ['two', document + document],
  ])('needs each mark exactly once: %s', (_, text) => {
    expect(() => between(text, 'new')).toThrow('must have one');
  });
});
