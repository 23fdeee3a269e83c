import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const TEXT = readFileSync('docs/cost-at-scale.md', 'utf8');
const ROWS = TEXT.split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) => line.split('|').map((cell) => cell.trim()));

/** The value of an assumption, by its letter. */
function given(letter: string): number {
  const row = ROWS.find((cells) => cells[1] === letter);
  return Number(row?.[3]?.replaceAll(',', '') ?? Number.NaN);
}

/** The value in the document for one day. */
function said(name: string): string | undefined {
  return ROWS.find((cells) => cells[1] === name)?.[3];
}

function written(value: number, decimals = 0): string {
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return value.toLocaleString('en-US', digits);
}

const HOUR = 3600;
const DAY = 24 * HOUR;

function sums(): Record<string, string> {
  const views = given('V');
  const visits = views / given('v');
  const neverSeen = visits * Math.min(given('v'), given('I'));
  // In seconds.
  const pages = (views * given('b')) / 1000;
  const signIn = (views * given('a') + neverSeen * (given('f') - given('a'))) / 1000;
  const peak = (given('p') * views) / DAY;
  const signIns = visits / given('d');
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
  };
}

test.each(Object.entries(sums()))('the cost at scale: %s', (name, value) => {
  expect(said(name)).toBe(value);
});

test('the numbers in the prose match the sums', () => {
  const cores = Number(said('cores in use at the peak, pages and sign-in'));
  const perSecond = (2 / cores) * Number(said('views a second, peak'));
  const hours = (given('V') * given('f')) / 1000 / HOUR;
  const untilTheQuota = (given('q') / Number(said('refreshes a second, peak'))) * given('V');
  expect(TEXT).toContain(`${Math.round(perSecond / 10) * 10} small views a second`);
  expect(TEXT).toContain(`sign-in costs V × f, ${written(hours, 2)} hours`);
  expect(TEXT).toContain(`about **${Math.floor(untilTheQuota / 1e7) * 10} million views a day**`);
});
