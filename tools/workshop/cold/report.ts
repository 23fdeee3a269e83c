import { quantile } from '../bench/figures';
import { table } from '../bench/report/table';
import type { Share } from './loaded';
import type { ColdStart } from './start';

/** The starts of one host: the site, and the site without its sign-in, in pairs. */
export interface Pairs {
  readonly title: string;
  /** How long the user pool takes to send its keys, in milliseconds. */
  readonly keysAfter: number;
  readonly site: readonly ColdStart[];
  readonly bare: readonly ColdStart[];
}

/**
 * The times of cold starts.
 *
 * @param rows one for each host
 */
export function startTable(rows: readonly Pairs[]): string {
  const head = [
    '',
    'keys after',
    'CPU: without, with sign-in',
    'ratio',
    'time: without, with',
    'ratio',
  ];
  return table(
    head,
    rows.map(({ title, keysAfter, site, bare }) => [
      title,
      `${keysAfter} ms`,
      ...compared(bare, site, 'cpu'),
      ...compared(bare, site, 'milliseconds'),
    ]),
  );
}

function compared(
  bare: readonly ColdStart[],
  site: readonly ColdStart[],
  what: keyof ColdStart,
): [string, string] {
  const without = bare.map((one) => one[what]);
  const own = site.map((one) => one[what]);
  const ratios = own.map((value, index) => value / (without[index] ?? Number.NaN));
  return [`${spread(without)}, ${spread(own)} ms`, quantile(ratios, 0.5).toFixed(2)];
}

/** The median, and the quartiles around it. */
function spread(values: readonly number[]): string {
  const [low, middle, high] = [0.25, 0.5, 0.75].map((part) => Math.round(quantile(values, part)));
  return `${middle} (${low}-${high})`;
}

/** Rows with less are added up: in bytes. */
const SMALL = 15_000;

/**
 * What is loaded before the first private page, with and without sign-in.
 *
 * @param site from `shares`
 * @param bare the same without sign-in
 */
export function loadedTable(site: readonly Share[], bare: readonly Share[]): string {
  const total = ({ node, edge }: Share) => node + edge;
  const small = (shares: readonly Share[], origins: ReadonlySet<string>): Share => {
    const others = shares.filter(({ origin }) => !origins.has(origin));
    const sum = (of: 'node' | 'edge') => others.reduce((all, one) => all + one[of], 0);
    return { origin: 'everything else', node: sum('node'), edge: sum('edge') };
  };
  const large = site.filter((share) => total(share) >= SMALL);
  const origins = new Set(large.map(({ origin }) => origin));
  const none = { node: 0, edge: 0 };
  const rows = [...large, small(site, origins)].map((share) => {
    const same = bare.find(({ origin }) => origin === share.origin);
    const other = share.origin === 'everything else' ? small(bare, origins) : (same ?? none);
    return [share.origin, share.node, other.node, share.edge, other.edge];
  });
  const sums = [1, 2, 3, 4].map((at) => rows.reduce((all, row) => all + Number(row[at]), 0));
  return table(
    ['', 'Node, kB', 'without sign-in', 'Edge, kB', 'without sign-in'],
    [...rows, ['total', ...sums]].map(([origin, ...sizes]) => [
      String(origin),
      ...sizes.map((size) => (Number(size) / 1000).toFixed(0)),
    ]),
  );
}
