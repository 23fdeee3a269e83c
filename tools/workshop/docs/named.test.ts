/** Checks that documents and pages mention only paths, commands and tests that exist. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FILES, within } from '../../../tests/support/sources';
import { scriptsOf } from './commands';

describe('everything that the documents mention exists', () => {
  const documents = FILES.filter((file) => file.endsWith('.md'));
  const pages = within('app/').filter((file) => file.endsWith('.tsx'));

  test.each([...documents, ...pages])('%s', (file) => {
    const text = readFileSync(file, 'utf8');
    const named = text.matchAll(
      /[`">]((?:app|lib|docs|infra|tests|tools|public)\/[\w./-]+|[\w-]+\.ts)[`"<]/g,
    );
    for (const [, path = ''] of named) {
      // Only one of them exists; tools/setup/tests/migrate-proxy.test.ts checks where each is named.
      if (['middleware.ts', 'proxy.ts'].includes(path)) continue;
      // The bench writes them; they are not committed.
      if (path.startsWith('tools/workshop/bench/results/')) continue;
      const there = existsSync(path) || existsSync(join(dirname(file), path));
      expect(there, `${path} in ${file}`).toBe(true);
    }
    for (const [, folder, name = ''] of text.matchAll(
      /npm run (?:-s )?(?:--prefix ([\w./-]+) )?([\w:-]+)/g,
    )) {
      expect(Object.keys(scriptsOf(folder)), `${name} in ${file}`).toContain(name);
    }
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
