import type { Summary } from '../figures';

/** Shown for a figure that was not measured. */
export const NONE = '-';

/**
 * A ratio for a table.
 *
 * @param value any
 */
export function two(value: number): string {
  return value.toFixed(2);
}

/**
 * A median for a table, with the interquartile range in brackets.
 *
 * @param summary of the rounds
 */
export function withSpread({ median, lowerQuartile, upperQuartile }: Summary): string {
  return `${two(median)} (${two(upperQuartile - lowerQuartile)})`;
}

/**
 * Bytes with their unit.
 *
 * @param count any
 */
export function bytes(count: number): string {
  return `${count.toLocaleString('en-US')} B`;
}

/**
 * A difference in kilobytes of a thousand bytes, with its sign.
 *
 * @param count bytes
 */
export function kilobytes(count: number): string {
  const text = (Math.abs(count) / 1000).toFixed(1);
  if (Number(text) === 0) return '0';
  return `${count < 0 ? '−' : '+'}${text} kB`;
}

/**
 * Whole megabytes of a million bytes.
 *
 * @param count bytes
 */
export function megabytes(count: number): number {
  return Math.round(count / 1e6);
}
