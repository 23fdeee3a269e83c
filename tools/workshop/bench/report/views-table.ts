import { type App, EMPTY, isInScenarios } from '../apps';
import type { Kind } from '../cells';
import { ratios, summarize } from '../figures';
import { DAY_MIX } from '../visits';
import { NONE, withSpread } from './numbers';
import { type Results, samplesOf } from './results';
import { table } from './table';

/**
 * Processor seconds per 1,000 page views: on several instances, and in a day.
 *
 * @param results of a run
 * @param apps in the order of the rows
 */
export function viewsTable(results: Results, apps: readonly App[]): string {
  const partsOf = (app: App) => Object.values(dayOf(results, app));
  const empty = apps.find(({ name }) => name === EMPTY);
  return table(
    [
      '',
      'three instances, s',
      'ratio to B',
      'a day: views and API calls, s',
      'ratio to B',
      'refreshes, s',
      'sign-ins, s',
      'the whole day, s',
      'ratio to B',
    ],
    apps.filter(isInScenarios).map((app) => {
      const spread = secondsOf(results, app.name, 'instances', 1000);
      const parts = partsOf(app);
      const base = empty && app !== empty ? partsOf(empty) : null;
      const over = (own: Rounds, other: Rounds | undefined) =>
        shown(own && other ? ratios(own, other) : null);
      const whole = sum(parts);
      return [
        app.title,
        shown(spread),
        over(spread, base && secondsOf(results, EMPTY, 'instances', 1000)),
        shown(parts[0] ?? null),
        over(parts[0] ?? null, base?.[0]),
        shown(parts[1] ?? null),
        shown(parts[2] ?? null),
        shown(whole),
        over(whole, base && sum(base)),
      ];
    }),
  );
}

/** One figure for each round; null if it wasn't measured. */
type Rounds = readonly number[] | null;

/** The parts of a day. B has no refreshes or sign-ins: it gets the same number of requests for its own pages. */
function dayOf(results: Results, { name }: App) {
  const { first, repeat, api, refreshes, signIns } = DAY_MIX;
  const isEmpty = name === EMPTY;
  return {
    views: secondsOf(results, name, 'day', first + repeat + api),
    refreshes: secondsOf(results, name, isEmpty ? 'me' : 'refresh', refreshes),
    // The app answers two requests of a sign-in; the page after it counts as a view.
    signIns: secondsOf(results, name, isEmpty ? 'openIn' : 'signIn', signIns * (isEmpty ? 2 : 1)),
  };
}

function secondsOf(results: Results, app: string, kind: Kind, requests: number): Rounds {
  const samples = samplesOf(results, { app, kind });
  return samples.length === 0 ? null : samples.map(({ cpu }) => (cpu * requests) / 1000);
}

function sum(parts: readonly Rounds[]): Rounds {
  const [head, ...rest] = parts;
  if (!head) return null;
  return rest.reduce<Rounds>(
    (total, part) => (total && part ? total.map((one, round) => one + (part[round] ?? 0)) : null),
    head,
  );
}

function shown(rounds: Rounds): string {
  return rounds === null ? NONE : withSpread(summarize(rounds));
}
