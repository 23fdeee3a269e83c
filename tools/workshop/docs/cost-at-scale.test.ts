import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { calculated, recalculated, sentences } from '@/tools/workshop/bench/report/scale';
import { DAY_MIX } from '@/tools/workshop/bench/visits';

const TEXT = readFileSync('docs/cost-at-scale.md', 'utf8');
const ROWS = TEXT.split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) => line.split('|').map((cell) => cell.trim()));

/** The value in the document. */
function said(name: string): string | undefined {
  return ROWS.find((cells) => cells[1] === name)?.[3];
}

test.each(Object.entries(calculated(TEXT)))('the cost at scale: %s', (name, value) => {
  expect(said(name)).toBe(value);
});

test('the numbers in the prose match the results', () => {
  for (const [, text] of sentences(TEXT)) expect(TEXT).toContain(text);
});

test('the bench measures the day of the document', () => {
  const { first, repeat, api, refreshes, signIns } = DAY_MIX;
  expect([
    said('other views of a session never seen'),
    said('views of a session seen before'),
    said('API calls'),
    said('views with a refresh'),
    said('sign-ins, for 1,000 views'),
  ]).toEqual([...[first, repeat, api, refreshes].map(String), signIns.toFixed(1)]);
});

test('a run of the bench changes its four figures and what follows from them, and nothing else', () => {
  const text = recalculated(TEXT, { b: 4, a: 0, f: 3.6, k: 4000 });
  for (const row of [
    '| 4.0 | B in',
    '| CPU of the pages, hours | V × b | 1.11 |',
    '| CPU of the sign-in, hours | V × a + never seen × (f − a) | 0.40 |',
    '| cores in use at the peak, pages and sign-in | peak × CPU of a view | 0.31 |',
    '| cookies received, GB | V × k | 4.00 |',
    'sign-in costs V × f, 1.00 hours',
  ]) {
    expect(text).toContain(row);
  }
  const rowsOf = (document: string) => document.split('\n').length;
  expect(rowsOf(text)).toBe(rowsOf(TEXT));
  expect(recalculated(text, { b: 4, a: 0, f: 3.6, k: 4000 })).toBe(text);
});
