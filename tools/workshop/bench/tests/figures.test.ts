import { describe, expect, test } from 'vitest';
import { quantile, ratios, shuffled, summarize } from '@/tools/workshop/bench/figures';

describe('quantiles', () => {
  test('are interpolated between neighbors', () => {
    expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
    expect(quantile([1, 2, 3, 4, 5], 0.25)).toBe(2);
    expect(quantile([10, 20], 0.99)).toBeCloseTo(19.9);
  });

  test('sort values as numbers', () => {
    expect(quantile([100, 9, 20], 0)).toBe(9);
    expect(quantile([100, 9, 20], 1)).toBe(100);
  });

  test('of an empty list throw', () => {
    expect(() => quantile([], 0.5)).toThrow('no values');
  });
});

test('a summary has the median, the ends and the quartiles', () => {
  expect(summarize([5, 1, 4, 2, 3])).toEqual({
    median: 3,
    min: 1,
    max: 5,
    lowerQuartile: 2,
    upperQuartile: 4,
    count: 5,
  });
});

test('a ratio is taken within its round, and only between the same rounds', () => {
  expect(ratios([2, 9], [1, 3])).toEqual([2, 3]);
  expect(() => ratios([1], [1, 2])).toThrow('same rounds');
});

describe('a shuffled list', () => {
  const list = Array.from({ length: 40 }, (_, index) => index);

  test('has the same members, and the original is unchanged', () => {
    const before = [...list];
    expect(shuffled(list, 7).sort((a, b) => a - b)).toEqual(list);
    expect(list).toEqual(before);
  });

  test('is the same for the same seed and different for another seed', () => {
    expect(shuffled(list, 1)).toEqual(shuffled(list, 1));
    expect(shuffled(list, 1)).not.toEqual(shuffled(list, 2));
    expect(shuffled(list, 1)).not.toEqual(list);
  });
});
