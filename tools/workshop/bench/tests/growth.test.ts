import { describe, expect, test } from 'vitest';
import { curvesInMarkdown, shown } from '@/tools/workshop/bench/growth/curve';
import { boundedInWords, inWords, orderOf, slopeOf } from '@/tools/workshop/bench/growth/order';

const SIZES = [1, 5, 10, 50, 100];
const curve = (of: (x: number) => number) => SIZES.map((x) => ({ x, y: of(x) }));

describe('the order of a curve', () => {
  test.each([
    ['constant', (x: number) => 100 + x * 0.1],
    ['linear', (x: number) => 1000 + 30 * x],
    ['more than linear', (x: number) => 10_000 + 9 * x * x],
    ['less than linear', (x: number) => 1 + Math.sqrt(x)],
  ])('is %s, regardless of the constant part', (word, of) => {
    expect(orderOf(curve(of)).word).toBe(word);
  });

  test('can be fitted to sizes that start at 0', () => {
    const from0 = [0, 10, 20].map((x) => ({ x, y: 10 + x }));
    expect(orderOf(from0).exponent).toBeCloseTo(1);
  });

  test('is not guessed from a single point that has grown', () => {
    const points = [
      { x: 1, y: 10 },
      { x: 2, y: 20 },
    ];
    expect(orderOf(points)).toEqual({ word: 'grows', growth: 2, exponent: null });
    expect(() => orderOf(points.slice(1))).toThrow('two points');
  });

  test('has no exponent where later points are lower', () => {
    const points = [10, 17, 15, 14].map((y, index) => ({ x: 10 ** index, y }));
    expect(orderOf(points)).toEqual({ word: 'less than linear', growth: 1.4, exponent: null });
  });

  test('is shown with its numbers', () => {
    expect(inWords({ word: 'linear', growth: 3, exponent: 1.04 })).toBe(
      'linear (× 3.00 from end to end, exponent 1.04)',
    );
    expect(inWords({ word: 'constant', growth: 1, exponent: null })).toBe(
      'constant (× 1.00 from end to end)',
    );
  });
});

test('a slope is the exponent of a power', () => {
  expect(slopeOf(curve((x) => 7 * x ** 2))).toBeCloseTo(2);
  expect(slopeOf(curve((x) => 7 / x))).toBeCloseTo(-1);
});

describe('a bound', () => {
  test('holds if nothing is added after it', () => {
    expect(
      boundedInWords(
        curve((x) => Math.min(x, 10)),
        10,
      ),
    ).toBe('bounded (after 10 at most × 1.00)');
  });

  test('does not hold if something is added after it', () => {
    expect(
      boundedInWords(
        curve((x) => x),
        50,
      ),
    ).toBe('not bounded (after 50 at most × 2.00)');
  });

  test('needs a point at it and one after it', () => {
    expect(() =>
      boundedInWords(
        curve((x) => x),
        7,
      ),
    ).toThrow('No point');
    expect(() =>
      boundedInWords(
        curve((x) => x),
        100,
      ),
    ).toThrow('No point');
  });
});

test('curves become tables, with their text and orders', () => {
  const rows = [
    { size: 1, figures: { µs: 1.234, ratio: 1 } },
    { size: 10_000, figures: { µs: null, ratio: 12.34 } },
  ];
  const orders = ['µs: linear'];
  expect(curvesInMarkdown([{ title: 'T', text: 'x', size: 'keys', rows, orders }])).toBe(
    '### T\n\nx\n\n| keys | µs | ratio |\n| --- | --: | --: |\n| 1 | 1.23 | 1 |\n| 10,000 | - | 12.3 |\n\n- µs: linear',
  );
});

test('figures are shown with about three significant digits', () => {
  expect([1234.5, 12.34, 1.234, 100, 0].map(shown)).toEqual(['1,235', '12.3', '1.23', '100', '0']);
});
