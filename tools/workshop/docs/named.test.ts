/** Checks that documents and pages mention only paths, commands and tests that exist. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { FILES, within } from '../../../tests/support/sources';
import { missingNames } from './named';

describe('everything that the documents mention exists', () => {
  const documents = FILES.filter((file) => file.endsWith('.md'));
  const pages = within('app/').filter((file) => file.endsWith('.tsx'));

  test.each([...documents, ...pages])('%s', (file) => {
    expect(missingNames(file)).toEqual([]);
  });

  test('there is a README', () => {
    expect(documents).toContain('README.md');
  });
});

test('every test that the threat model names exists', () => {
  const text = readFileSync('docs/threat-model.md', 'utf8');
  const rows = text.split('\n').filter((line) => line.startsWith('| ') && line.endsWith(' |'));
  for (const row of rows.filter((line) => !line.startsWith('| the attacker wants'))) {
    expect(row, 'a defense without a test').toMatch(/`(tests|tools)\/[\w/-]+\.test\.ts`/);
  }
  const named = [...text.matchAll(/`((?:tests|tools)\/[^`]+\.test\.ts)`:\s+\*([^*]+)\*/g)];
  expect(named.length).toBeGreaterThan(30);
  for (const [, file = '', name = ''] of named) {
    // In the source the apostrophes of a name may be escaped.
    const source = readFileSync(file, 'utf8').replaceAll("\\'", "'");
    expect(source, `${file}: ${name}`).toContain(name);
  }
});
