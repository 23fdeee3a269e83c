/** One figure at one size. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** How a figure grows with a size. */
export interface Order {
  readonly word: 'constant' | 'less than linear' | 'linear' | 'more than linear' | 'grows';
  /** The last figure divided by the first. */
  readonly growth: number;
  /** The exponent of the growth over the first figure; null if there are too few points to fit one, or no fit. */
  readonly exponent: number | null;
}

/** Figures within this ratio count as the same: they are medians from a machine that also does other work. */
const SAME = 1.25;
/** Growth starts after the last point below this ratio: higher points before it are noise. */
const GROWN = 1.15;
/** Exponents this near to 1 are 1. */
const AROUND_ONE = 0.3;

/**
 * Names the order of growth of a curve. Every cost has a constant part, which could hide quadratic growth. So the
 * exponent is fitted to the differences from the first point.
 *
 * @param points at least two, by growing `x`, with figures above 0
 * @throws Error for fewer
 */
export function orderOf(points: readonly Point[]): Order {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last || points.length < 2) throw new Error('A curve has at least two points.');
  const growth = last.y / first.y;
  if (growth < SAME) return { word: 'constant', growth, exponent: null };
  const same = points.findLastIndex(({ y }) => y < first.y * GROWN);
  const added = points.slice(same + 1).map(({ x, y }) => ({ x: x - first.x, y: y - first.y }));
  if (added.length < 2) return { word: 'grows', growth, exponent: null };
  const exponent = slopeOf(added);
  // A higher cost at a smaller size is noise, not a power law.
  if (exponent <= 0) return { word: 'less than linear', growth, exponent: null };
  return { word: wordFor(exponent), growth, exponent };
}

/**
 * The exponent of a power law: the slope of the logarithms, by least squares.
 *
 * @param points at least two of different `x`; both numbers above 0
 */
export function slopeOf(points: readonly Point[]): number {
  const logs = points.map(({ x, y }) => ({ x: Math.log(x), y: Math.log(y) }));
  const mean = (values: number[]) => values.reduce((sum, each) => sum + each, 0) / values.length;
  const x0 = mean(logs.map(({ x }) => x));
  const y0 = mean(logs.map(({ y }) => y));
  const together = mean(logs.map(({ x, y }) => (x - x0) * (y - y0)));
  return together / mean(logs.map(({ x }) => (x - x0) ** 2));
}

/**
 * An order in words, with the numbers that it was derived from.
 *
 * @param order from `orderOf`
 */
export function inWords({ word, growth, exponent }: Order): string {
  const fitted = exponent === null ? '' : `, exponent ${exponent.toFixed(2)}`;
  return `${word} (× ${growth.toFixed(2)} from end to end${fitted})`;
}

/**
 * Whether a figure stops growing at a bound.
 *
 * @param points by growing `x`
 * @param bound the `x` from which on the figure must not grow
 * @returns the result in words, with the largest figure after the bound divided by the figure at the bound
 * @throws Error if there is no point at the bound, or none after it
 */
export function boundedInWords(points: readonly Point[], bound: number): string {
  const at = points.find(({ x }) => x === bound);
  const after = points.filter(({ x }) => x > bound).map(({ y }) => y);
  if (!at || after.length === 0) throw new Error('No point at the bound, or none after it.');
  const most = Math.max(...after) / at.y;
  const word = most < SAME ? 'bounded' : 'not bounded';
  return `${word} (after ${bound.toLocaleString('en-US')} at most × ${most.toFixed(2)})`;
}

function wordFor(exponent: number): Order['word'] {
  if (exponent > 1 + AROUND_ONE) return 'more than linear';
  return exponent < 1 - AROUND_ONE ? 'less than linear' : 'linear';
}
