import type { App } from '../apps';
import { type Kind, REFERENCE } from '../cells';
import { quantile } from '../figures';
import { NONE, two } from './numbers';
import { latencyOf, type Results, ratiosTo } from './results';
import { table } from './table';

/**
 * How long a person waits for the private page, and how many a server can serve, against the bare app.
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
    apps.map((app) => [
      app.title,
      ...kinds.flatMap((kind) => [0.5, 0.99].map((part) => latencyRatio(results, app, kind, part))),
      throughput(results, app),
    ]),
  );
}

function latencyRatio(results: Results, app: App, kind: Kind, part: number): string {
  const own = latencyOf(results, { app: app.name, kind }, part);
  const bare = latencyOf(results, { app: REFERENCE.app, kind }, part);
  return own === null || bare === null ? NONE : two(own / bare);
}

function throughput(results: Results, app: App): string {
  const cell = { app: app.name, kind: 'me64' } as const;
  const all = ratiosTo(results, cell, { ...cell, app: REFERENCE.app }, (s) => s.requests / s.wall);
  return all === null ? NONE : two(quantile(all, 0.5));
}
