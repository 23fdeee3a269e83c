import type { Weights } from '../bytes';
import type { Pages } from '../cacheable';
import type { Kind } from '../cells';
import type { ColdStart } from '../cold-start';
import { quantile, ratios } from '../figures';
import type { Machine } from '../machine';
import type { Sample } from '../measure';
import type { MemoryCurve } from '../memory';
import type { Options } from '../options';

/** All results of a run, as saved in the file of raw figures. */
export interface Results {
  /** E.g. `2026-11-28`. */
  readonly date: string;
  readonly machine: Machine;
  readonly options: Options;
  /** Names, in the order of the tables. */
  readonly apps: readonly string[];
  readonly weights: Readonly<Record<string, Weights>>;
  readonly pages: Pages;
  readonly samples: readonly Sample[];
  readonly starts: readonly ColdStart[];
  readonly memory: readonly MemoryCurve[];
}

/** A cell of the run, by name. */
export interface CellName {
  readonly app: string;
  readonly kind: Kind;
}

/**
 * The samples of one cell, in the order of the rounds.
 *
 * @param results of a run
 * @param cell which
 * @returns an empty list if the run has no such cell
 */
export function samplesOf({ samples }: Results, { app, kind }: CellName): Sample[] {
  return samples
    .filter((sample) => sample.app === app && sample.kind === kind)
    .sort((a, b) => a.round - b.round);
}

/**
 * A figure of a cell as a ratio to the same figure of another cell in the same round.
 *
 * @param results of a run
 * @param cell which
 * @param reference the cell that counts as 1
 * @param figure of a sample, e.g. its processor time
 * @returns a ratio for each round, or null if one of the two cells was not measured
 */
export function ratiosTo(
  results: Results,
  cell: CellName,
  reference: CellName,
  figure: (sample: Sample) => number,
): number[] | null {
  const own = samplesOf(results, cell).map(figure);
  const other = samplesOf(results, reference).map(figure);
  return own.length === 0 || other.length === 0 ? null : ratios(own, other);
}

/**
 * A quantile of the latencies of a cell over all rounds.
 *
 * @param results of a run
 * @param cell which
 * @param part 0.5 for the median, 0.99 for the 99th percentile
 * @returns milliseconds, or null if the cell was not measured
 */
export function latencyOf(results: Results, cell: CellName, part: number): number | null {
  const all = samplesOf(results, cell).flatMap(({ latencies }) => latencies);
  return all.length === 0 ? null : quantile(all, part);
}
