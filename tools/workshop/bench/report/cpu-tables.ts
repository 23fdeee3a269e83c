import { type App, counterpartOf } from '../apps';
import { KINDS, type Kind, REFERENCE } from '../cells';
import { type Summary, summarize } from '../figures';
import { NONE, withSpread } from './numbers';
import { type CellName, type Results, ratiosTo } from './results';
import { table } from './table';

const CPU_KINDS = ['openOut', 'openIn', 'me', 'meNew', 'meOut'] as const;

/**
 * Processor time for every app and kind of request, as a ratio to the bare app's open page.
 *
 * @param results of a run
 * @param apps in the order of the rows
 * @returns a table in Markdown: medians over the rounds, and their interquartile ranges
 */
export function cpuTable(results: Results, apps: readonly App[]): string {
  return table(
    ['', ...CPU_KINDS.map((kind) => KINDS[kind])],
    apps.map((app) => [
      app.title,
      ...CPU_KINDS.map((kind) => {
        const ratio = cpuRatio(results, { app: app.name, kind }, REFERENCE);
        const bounce = kind === 'meOut' && app.bounces ? ' *' : '';
        return ratio === null ? NONE : `${withSpread(ratio)}${bounce}`;
      }),
    ]),
  );
}

/**
 * Processor time as a ratio to the app without sign-in: B, or the site without its sign-in.
 *
 * @param results of a run
 * @param apps in the order of the rows; apps without sign-in have no row
 * @returns a table in Markdown: medians over the rounds, and their interquartile ranges
 */
export function overTable(results: Results, apps: readonly App[]): string {
  const kinds = CPU_KINDS.filter((kind) => kind !== 'meOut');
  return table(
    ['', ...kinds.map((kind) => KINDS[kind])],
    apps
      .filter((app) => app.refusal !== null)
      .map((app) => [
        app.title,
        ...kinds.map((kind) => {
          const ratio = overCounterpart(results, app, kind);
          return ratio === null ? NONE : withSpread(ratio);
        }),
      ]),
  );
}

/** A session never seen before is compared with one seen before, because the other app doesn't cache sessions. */
function overCounterpart(results: Results, app: App, kind: Kind): Summary | null {
  const other = counterpartOf(app);
  if (other === undefined) return null;
  const same = kind === 'meNew' ? 'me' : kind;
  return cpuRatio(results, { app: app.name, kind }, { app: other, kind: same });
}

/**
 * Processor time of a cell as a ratio to another cell in the same round.
 *
 * @param results of a run
 * @param cell which
 * @param reference the cell that counts as 1
 * @returns null if one of the two was not measured
 */
export function cpuRatio(results: Results, cell: CellName, reference: CellName): Summary | null {
  const all = ratiosTo(results, cell, reference, ({ cpu }) => cpu);
  return all === null ? null : summarize(all);
}
