import { type App, counterpartOf } from '../apps';
import type { Kind } from '../cells';
import { quantile } from '../figures';
import { NONE, two } from './numbers';
import { latencyOf, type Results, ratiosTo } from './results';
import { table } from './table';

/**
 * The latency of the private page, and the throughput of a server, as ratios to the app without sign-in: B, or the
 * site without its sign-in.
 *
 * @param results of a run
 * @param apps in the order of the rows
 */
export function latencyTable(results: Results, apps: readonly App[]): string {
  const kinds = ['me1', 'me', 'me64'] as const;
  return table(
    [
      '',
      ...['1', '8', '64'].flatMap((n) => [`p50, ${n} at a time`, `p99, ${n} at a time`]),
      'pages per second, 64 at a time',
    ],
    apps.flatMap((app) => {
      const other = counterpartOf(app);
      if (other === undefined) return [];
      const waits = kinds.flatMap((kind) =>
        [0.5, 0.99].map((part) => latencyRatio(results, [app.name, other], kind, part)),
      );
      return [[app.title, ...waits, throughput(results, app.name, other)]];
    }),
  );
}

function latencyRatio(
  results: Results,
  [app, other]: readonly [string, string],
  kind: Kind,
  part: number,
): string {
  const own = latencyOf(results, { app, kind }, part);
  const reference = latencyOf(results, { app: other, kind }, part);
  return own === null || reference === null ? NONE : two(own / reference);
}

function throughput(results: Results, app: string, other: string): string {
  const kind = 'me64';
  const all = ratiosTo(results, { app, kind }, { app: other, kind }, (s) => s.requests / s.wall);
  return all === null ? NONE : two(quantile(all, 0.5));
}
