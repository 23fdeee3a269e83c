import { EMPTY } from '../apps';
import type { Kind } from '../cells';
import { quantile } from '../figures';
import { type Results, samplesOf } from './results';
import type { Measured } from './scale';

const OURS = 'ours';

/**
 * The assumptions of `docs/cost-at-scale.md` that a run measures.
 *
 * @param results of a complete run
 * @returns medians over the rounds; what sign-in adds is a difference in the same round, and never less than nothing
 */
export function measuredFor(results: Results): Measured {
  const cpu = (app: string, kind: Kind) =>
    samplesOf(results, { app, kind }).map((sample) => sample.cpu);
  const base = cpu(EMPTY, 'me');
  const added = (kind: Kind) => {
    const own = cpu(OURS, kind);
    return Math.max(
      0,
      quantile(
        own.map((one, round) => one - (base[round] ?? Number.NaN)),
        0.5,
      ),
    );
  };
  return {
    b: quantile(base, 0.5),
    a: added('me'),
    f: added('meNew'),
    k: results.weights[OURS]?.cookie ?? Number.NaN,
  };
}
