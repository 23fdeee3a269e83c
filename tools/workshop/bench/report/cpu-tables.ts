import { type App, counterpartOf } from '../apps';
import { KINDS, type Kind, REFERENCE } from '../cells';
import { quantile, type Summary, summarize } from '../figures';
import { NONE, two } from './numbers';
import { type CellName, type Results, ratiosTo, samplesOf } from './results';
import { table } from './table';

const CPU_KINDS = ['openOut', 'openIn', 'me', 'meNew', 'meOut'] as const;

/**
 * Processor time for every app and kind of request, as a ratio to the bare app's open page.
 *
 * @param results of a run
 * @param apps in the order of the rows
 * @returns a table in Markdown: medians over the rounds
 */
export function cpuTable(results: Results, apps: readonly App[]): string {
  return table(
    ['', ...CPU_KINDS.map((kind) => KINDS[kind])],
    apps.map((app) => [
      app.title,
      ...CPU_KINDS.map((kind) => {
        const ratio = cpuRatio(results, { app: app.name, kind }, REFERENCE);
        const bounce = kind === 'meOut' && app.bounces ? ' *' : '';
        return ratio === null ? NONE : `${two(ratio.median)}${bounce}`;
      }),
    ]),
  );
}

/**
 * Processor time as a ratio to the app without sign-in: B, or the site without its sign-in.
 *
 * @param results of a run
 * @param apps in the order of the rows; apps without sign-in have no row
 * @returns a table in Markdown: medians over the rounds
 */
export function overTable(results: Results, apps: readonly App[]): string {
  return table(
    ['', ...CPU_KINDS.map((kind) => KINDS[kind])],
    apps
      .filter((app) => app.refusal !== null)
      .map((app) => [
        app.title,
        ...CPU_KINDS.map((kind) => {
          const ratio = overCounterpart(results, app, kind);
          return ratio === null ? NONE : two(ratio.median);
        }),
      ]),
  );
}

/**
 * All processor times, with how much the rounds differ.
 *
 * @param results of a run
 * @param apps in the order of the rows
 */
export function spreadTable(results: Results, apps: readonly App[]): string {
  const rows = apps.flatMap((app) =>
    CPU_KINDS.flatMap((kind) => {
      const cell = { app: app.name, kind };
      const ratio = cpuRatio(results, cell, REFERENCE);
      if (ratio === null) return [];
      const over = overCounterpart(results, app, kind);
      const milliseconds = quantile(
        samplesOf(results, cell).map(({ cpu }) => cpu),
        0.5,
      );
      const spread = ratio.upperQuartile - ratio.lowerQuartile;
      const figures = [ratio.median, ratio.lowerQuartile, ratio.min, spread].map(two);
      const overs = over === null ? [NONE, NONE] : [two(over.median), two(over.lowerQuartile)];
      return [[`${app.name}: ${KINDS[kind]}`, two(milliseconds), ...figures, ...overs]];
    }),
  );
  const quartile = 'lower quartile';
  return table(
    [
      '',
      'ms',
      'median',
      quartile,
      'minimum',
      'spread',
      'ratio to B, or to the site without sign-in',
      quartile,
    ],
    rows,
  );
}

/** A session never seen before is compared with one seen before, because the other app doesn't cache sessions. */
function overCounterpart(results: Results, app: App, kind: Kind): Summary | null {
  const other = counterpartOf(app);
  if (other === undefined) return null;
  const same = kind === 'meNew' ? 'me' : kind;
  return cpuRatio(results, { app: app.name, kind }, { app: other, kind: same });
}

function cpuRatio(results: Results, cell: CellName, reference: CellName): Summary | null {
  const all = ratiosTo(results, cell, reference, ({ cpu }) => cpu);
  return all === null ? null : summarize(all);
}
