/** One figure at one size. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** How a figure grows with a size. */
export interface Order {
  readonly word: 'constant' | 'less than linear' | 'linear' | 'more than linear' | 'grows';
  /** The last figure over the first. */
  readonly growth: number;
  /** Of what is added to the first figure; null where too little is added, or none in order, to fit it. */
  readonly exponent: number | null;
}

/** Figures this near to each other are the same: they are medians on a machine that does other things. */
const SAME = 1.25;
/** Growth begins behind the last point below this: one before it has only been disturbed. */
const GROWN = 1.15;
/** Exponents this near to 1 are 1. */
const AROUND_ONE = 0.3;

/**
 * Names the order of a curve. Every cost has a part that does not depend on the size, and would hide a
 * square behind it; so the exponent is that of what is added to the first point.
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
  // More at a smaller size: disturbed, and no power of anything.
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
 * An order in words, with the numbers that it was read from.
 *
 * @param order from `orderOf`
 */
export function inWords({ word, growth, exponent }: Order): string {
  const fitted = exponent === null ? '' : `, exponent ${exponent.toFixed(2)}`;
  return `${word} (× ${growth.toFixed(2)} from end to end${fitted})`;
}

/**
 * Whether a figure stays where it was when its bound was reached.
 *
 * @param points by growing `x`
 * @param bound the `x` from which on nothing may be added
 * @returns in words, with the largest figure after the bound over the one at the bound
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
