import type { Parameters } from 'fast-check';
import { vi } from 'vitest';

/** Whether this is `npm run --prefix tools/workshop fuzz`. */
const LONG = import.meta.env.MODE === 'fuzz';
/** How many times more runs it has. */
const TIMES = 100;
/** Any number, but always the same, so that the tests pass or fail in the same way for all developers. */
const SEED = 20_261_125;

if (LONG) vi.setConfig({ testTimeout: 3_600_000 });

/**
 * How often a property is tried. Normal test runs try few values, always the same ones;
 * `npm run --prefix tools/workshop fuzz` tries many, with new ones each time. A failure is printed with its seed and
 * path: pass both to the property to reproduce it.
 *
 * @param runs in a normal test run, where all properties together take a few seconds
 * @returns the parameters of `fc.assert`
 */
export function budget<T>(runs: number): Parameters<T> {
  return LONG ? { numRuns: runs * TIMES } : { numRuns: runs, seed: SEED };
}
