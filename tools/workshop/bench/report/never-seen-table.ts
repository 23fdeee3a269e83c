import { type App, counterpartOf, EMPTY } from '../apps';
import type { Kind } from '../cells';
import { cpuRatio } from './cpu-tables';
import { NONE, two } from './numbers';
import type { Results } from './results';
import { table } from './table';

/**
 * The private page of this project and of this site with a session that the process has seen before, and with one that
 * it has never seen, as ratios to the cheapest of the other libraries, and to the app without sign-in.
 *
 * @param results of a run
 * @param apps of the run
 */
export function neverSeenTable(results: Results, apps: readonly App[]): string {
  const peer = cheapestPeer(results, apps);
  const pairs = apps
    .filter((app) => app.caches)
    .flatMap((app) => {
      const other = apps.find(({ name }) => name === counterpartOf(app));
      const others = [other, ...(other?.name === EMPTY ? [peer] : [])];
      return others.flatMap((against) => (against ? [{ app, against }] : []));
    });
  const kinds = [
    ['me', 'seen before'],
    ['meNew', 'never seen before'],
  ] as const satisfies readonly (readonly [Kind, string])[];
  return table(
    ['private page', 'median', 'lower quartile', 'upper quartile'],
    pairs.flatMap(({ app, against }) =>
      kinds.map(([kind, words]) => {
        const ratio = cpuRatio(results, { app: app.name, kind }, { app: against.name, kind: 'me' });
        const figures = ratio ? [ratio.median, ratio.lowerQuartile, ratio.upperQuartile] : [];
        const texts = ratio ? figures.map(two) : [NONE, NONE, NONE];
        return [`${app.title}, ${words}, over ${against.title}`, ...texts];
      }),
    ),
  );
}

/**
 * The library whose private page costs the least in this run. This project isn't one of them.
 *
 * @param results of a run
 * @param apps of the run
 */
export function cheapestPeer(results: Results, apps: readonly App[]): App | undefined {
  const costs = apps
    .filter((app) => app.refusal !== null && !app.caches)
    .flatMap((app) => {
      const cost = cpuRatio(results, { app: app.name, kind: 'me' }, { app: EMPTY, kind: 'me' });
      return cost ? [{ app, median: cost.median }] : [];
    });
  return costs.sort((a, b) => a.median - b.median)[0]?.app;
}
