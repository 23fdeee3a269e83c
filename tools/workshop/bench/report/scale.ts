/** `docs/cost-at-scale.md`: its results follow from its table of assumptions, four of which the bench measures. */

/** The assumptions that the bench measures, by their letters in the document: times in milliseconds, k in bytes. */
export interface Measured {
  /** A small page behind an empty middleware. */
  readonly b: number;
  /** What a session that the process has seen before adds. */
  readonly a: number;
  /** What a session that the process has never seen adds. */
  readonly f: number;
  /** The size of the session cookie. */
  readonly k: number;
}

const HOUR = 3600;
const DAY = 24 * HOUR;

/**
 * The value of an assumption.
 *
 * @param document the text of `docs/cost-at-scale.md`
 * @param letter of the assumption
 * @returns NaN if the document doesn't have it
 */
export function assumed(document: string, letter: string): number {
  const row = rowsOf(document).find((cells) => cells[1] === letter);
  return Number(row?.[3]?.replaceAll(',', '') || Number.NaN);
}

/**
 * Calculates the rows of the other tables from the assumptions.
 *
 * @param document the text of `docs/cost-at-scale.md`
 * @returns values by the names of their rows
 */
export function calculated(document: string): Record<string, string> {
  const given = (letter: string) => assumed(document, letter);
  const views = given('V');
  const visits = views / given('v');
  const neverSeen = visits * Math.min(given('v'), given('I'));
  // In seconds.
  const pages = (views * given('b')) / 1000;
  const signIn = (views * given('a') + neverSeen * (given('f') - given('a'))) / 1000;
  const peak = (given('p') * views) / DAY;
  const signIns = visits / given('d');
  const in1000 = (count: number, decimals = 0) => written((count / views) * 1000, decimals);
  return {
    visits: written(visits),
    'views of a session never seen': written(neverSeen),
    'CPU of the pages, hours': written(pages / HOUR, 2),
    'CPU of the sign-in, hours': written(signIn / HOUR, 2),
    'views a second, mean': written(views / DAY, 1),
    'views a second, peak': written(peak, 1),
    'cores in use at the peak, pages and sign-in': written((peak * (pages + signIn)) / views, 2),
    refreshes: written(visits),
    'refreshes a second, peak': written((given('p') * visits) / DAY, 1),
    'sign-ins': written(signIns),
    'calls for keys': written(2 * 24 * given('I')),
    'cookies received, GB': written((views * given('k')) / 1e9, 2),
    'cookies set, GB': written(((visits + signIns) * given('k')) / 1e9, 2),
    'price of users above 10,000, US$ a month, if the same users visit every day': written(
      (visits - 10_000) * given('m'),
    ),
    'views with a refresh': in1000(visits),
    'other views of a session never seen': in1000(neverSeen - visits),
    'views of a session seen before': in1000(views - neverSeen),
    'API calls': in1000(visits * given('c')),
    'sign-ins, for 1,000 views': in1000(signIns, 1),
  };
}

/**
 * The sentences of the document that repeat a result.
 *
 * @param document the text of `docs/cost-at-scale.md`
 * @returns each as a pattern, and what it must be
 */
export function sentences(document: string): readonly (readonly [RegExp, string])[] {
  const results = calculated(document);
  const peak = Number(results['views a second, peak']);
  const cores = Number(results['cores in use at the peak, pages and sign-in']);
  const hours = (assumed(document, 'V') * assumed(document, 'f')) / 1000 / HOUR;
  const refreshes = Number(results['refreshes a second, peak']);
  const untilTheQuota = (assumed(document, 'q') / refreshes) * assumed(document, 'V');
  const perSecond = Math.round(((2 / cores) * peak) / 10) * 10;
  return [
    [/uses \d+% of its CPU/, `uses ${Math.round((cores / 2) * 100)}% of its CPU`],
    [/about\s+[\d,]+ small views a second/, `about\n  ${written(perSecond)} small views a second`],
    [/sign-in costs V × f, [\d.]+ hours/, `sign-in costs V × f, ${written(hours, 2)} hours`],
    [
      /about \*\*\d+ million views a day\*\*/,
      `about **${Math.floor(untilTheQuota / 1e7) * 10} million views a day**`,
    ],
  ];
}

/**
 * Puts measured assumptions into the document, and what follows from them.
 *
 * @param document the text of `docs/cost-at-scale.md`
 * @param measured by a run of the bench
 */
export function recalculated(document: string, measured: Measured): string {
  const { b, a, f, k } = measured;
  const texts = { b: written(b, 1), a: written(a, 1), f: written(f, 1), k: written(k) };
  const assumptions = withValues(document, texts);
  const results = withValues(assumptions, calculated(assumptions));
  return sentences(results).reduce((text, [pattern, by]) => text.replace(pattern, by), results);
}

/** Replaces the third cell of each row that is named. */
function withValues(document: string, values: Readonly<Record<string, string>>): string {
  const lines = document.split('\n').map((line) => {
    const cells = cellsOf(line);
    const value = values[cells[1] ?? ''];
    if (!line.startsWith('| ') || value === undefined) return line;
    return line
      .split('|')
      .map((cell, index) => (index === 3 ? ` ${value} ` : cell))
      .join('|');
  });
  return lines.join('\n');
}

function rowsOf(document: string): string[][] {
  return document
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map(cellsOf);
}

function cellsOf(line: string): string[] {
  return line.split('|').map((cell) => cell.trim());
}

function written(value: number, decimals = 0): string {
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return value.toLocaleString('en-US', digits);
}
