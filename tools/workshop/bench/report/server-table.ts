import type { App } from '../apps';
import { quantile } from '../figures';
import { megabytes, NONE } from './numbers';
import type { Results } from './results';
import { table } from './table';

/**
 * Memory and cold start times.
 *
 * @param results of a run
 * @param apps in the order of the rows
 */
export function serverTable(results: Results, apps: readonly App[]): string {
  return table(
    ['', 'start to first private page', 'memory, one session', 'memory, distinct sessions'],
    apps.map((app) => {
      const starts = results.starts
        .filter((start) => start.app === app.name)
        .map(({ milliseconds }) => milliseconds);
      return [
        app.title,
        starts.length === 0 ? NONE : `${Math.round(quantile(starts, 0.5))} ms`,
        memory(results, app.name, 'one'),
        memory(results, app.name, 'distinct'),
      ];
    }),
  );
}

function memory({ memory: curves }: Results, app: string, sessions: 'one' | 'distinct'): string {
  const points = curves.find((curve) => curve.app === app && curve.sessions === sessions)?.points;
  const last = points?.at(-1);
  const half = points?.[Math.floor((points.length - 1) / 2)];
  if (!last || !half) return NONE;
  const growth = megabytes(last.bytes - half.bytes);
  return `${megabytes(last.bytes)} (${growth < 0 ? '−' : '+'}${Math.abs(growth)})`;
}
