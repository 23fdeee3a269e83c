/** Statistics of a list of values. */
export interface Summary {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly lowerQuartile: number;
  readonly upperQuartile: number;
  readonly count: number;
}

/**
 * The value below which a part of all values lies, interpolated between neighbors.
 *
 * @param values in any order, at least one
 * @param part from 0 to 1: 0.5 is the median
 */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * part;
  const below = sorted[Math.floor(at)];
  const above = sorted[Math.ceil(at)];
  if (below === undefined || above === undefined) throw new Error('There are no values.');
  return below + (above - below) * (at - Math.floor(at));
}

/**
 * Summarizes a list of values.
 *
 * @param values in any order, at least one
 */
export function summarize(values: readonly number[]): Summary {
  return {
    median: quantile(values, 0.5),
    min: quantile(values, 0),
    max: quantile(values, 1),
    lowerQuartile: quantile(values, 0.25),
    upperQuartile: quantile(values, 0.75),
    count: values.length,
  };
}

/**
 * The ratio of two figures in each round. Whatever slows a round down slows both, so it cancels out.
 *
 * @param values one for each round
 * @param references one for each of the same rounds
 * @throws Error if the rounds are not the same
 */
export function ratios(values: readonly number[], references: readonly number[]): number[] {
  if (values.length !== references.length)
    throw new Error('The figures are not from the same rounds.');
  return values.map((value, round) => value / (references[round] ?? Number.NaN));
}

/**
 * Shuffles a list: the same seed gives the same order (Fisher and Yates, with Mulberry32).
 *
 * @param list is not changed
 * @param seed any whole number
 */
export function shuffled<T>(list: readonly T[], seed: number): T[] {
  const rest = [...list];
  const result: T[] = [];
  let state = seed;
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
  while (rest.length > 0) result.push(...rest.splice(Math.floor(random() * rest.length), 1));
  return result;
}
