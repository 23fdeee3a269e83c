import type { Parameters } from 'fast-check';
import { vi } from 'vitest';

/** `npm run --prefix tools/workshop fuzz`. */
const LONG = import.meta.env.MODE === 'fuzz';
/** How many times longer it is. */
const TIMES = 100;
/** Any number; always the same, so that `npm test` passes or fails for everybody alike. */
const SEED = 20_261_125;

if (LONG) vi.setConfig({ testTimeout: 3_600_000 });

/**
 * How often a property is tried: a little in `npm test` and always with the same values, much and
 * with new ones each time in `npm run --prefix tools/workshop fuzz`. What fails is printed with its seed and its path: give
 * both to the property, and it fails the same way again.
 *
 * @param runs in `npm test`; all properties together take a few seconds there
 * @returns the parameters of `fc.assert`
 */
export function budget<T>(runs: number): Parameters<T> {
  return LONG ? { numRuns: runs * TIMES } : { numRuns: runs, seed: SEED };
}
