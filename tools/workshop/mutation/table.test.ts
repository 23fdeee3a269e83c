import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { within } from '../../../tests/support/sources';
import { mutate } from './mutant';
import { THEMES } from './mutants';
import { row, rowsOf, TABLE } from './table';

const TESTS = within('tests/', 'tools/workshop/').filter((file) => file.endsWith('.test.ts'));
const mutants = THEMES.flatMap((theme) => theme.mutants);

test('each mutant matches one place in the code, and changes it', () => {
  for (const mutant of mutants) {
    const text = readFileSync(mutant.file, 'utf8');
    expect(mutate(text, mutant), mutant.id).not.toBe(text);
  }
});

test('each mutant names tests that exist', () => {
  for (const { id, tests } of mutants) {
    for (const word of tests) {
      expect(
        TESTS.filter((file) => file.includes(word)),
        `${word} of ${id}`,
      ).not.toEqual([]);
    }
  }
});

test('no two mutants have the same id', () => {
  const ids = mutants.map(({ id }) => id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

test('the table has one row for each mutant, and each was caught or is explained', () => {
  const rows = rowsOf(readFileSync(TABLE, 'utf8'));
  expect(rows.map(({ id }) => id)).toEqual(mutants.map(({ id }) => id));
  for (const [index, mutant] of mutants.entries()) {
    const { whole, outcome = '' } = rows[index] ?? {};
    // The text comes from the list; the outcome is the test that caught it, or why no test can.
    expect(whole).toBe(row(mutant, outcome));
    const { explained } = mutant;
    if (explained) expect(outcome, mutant.id).toBe(`nothing: ${explained}`);
    else expect(outcome, mutant.id).toMatch(/^`(tests|tools)\/[\w/.-]+\.test\.ts`: ./);
  }
});
