/** The packages of the workshop and its folders: exact versions, locked for every system, and not used elsewhere. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { forbiddenImports, SOURCES } from '../../../tests/support/sources';

const HERE = 'tools/workshop';
const FOLDERS = [
  HERE,
  ...['bench', 'clients', 'engines', 'lighthouse', 'next-intl', 'opennext', 'vercel'].map(
    (name) => `${HERE}/${name}`,
  ),
];

const listOf = (folder: string, list = 'devDependencies'): Record<string, string> =>
  JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'))[list] ?? {};
const root = { ...listOf('.', 'dependencies'), ...listOf('.') };

describe.each(FOLDERS)('the packages of %s', (folder) => {
  const packages = listOf(folder);
  const own = Object.keys(packages).filter((name) => !(name in root));

  test('have exact versions', () => {
    // Auth.js recommends its beta.
    const exact = folder.endsWith('bench') ? /^\d+\.\d+\.\d+(-beta\.\d+)?$/ : /^\d+\.\d+\.\d+$/;
    expect(own.length).toBeGreaterThan(0);
    for (const version of Object.values(packages)) expect(version).toMatch(exact);
  });

  test('are not used anywhere else', () => {
    // Only the bench also lists packages of the project, to measure them.
    if (!folder.endsWith('bench')) expect(own).toEqual(Object.keys(packages));
    const others = SOURCES.filter((file) => !file.startsWith(`${folder}/`));
    const taken = new RegExp(`^(?!(${own.join('|')})(/|$))`);
    expect(forbiddenImports(others, taken)).toEqual([]);
  });

  test('are locked for every system', () => {
    const { packages: locked } = JSON.parse(readFileSync(`${folder}/package-lock.json`, 'utf8'));
    for (const [path, entry] of Object.entries<{ optionalDependencies?: object }>(locked)) {
      // If the registry lacks one of them, npm writes a lock file that `npm ci` refuses on other systems.
      for (const name of Object.keys(entry.optionalDependencies ?? {})) {
        const found = locked[`${path}/node_modules/${name}`] ?? locked[`node_modules/${name}`];
        expect(found, `${name} of ${path}`).toBeDefined();
      }
    }
  });
});

test('the template has five run-time packages, and exact versions of all its packages', () => {
  expect(Object.keys(listOf('.', 'dependencies')).sort()).toEqual([
    'iron-session',
    'jose',
    'next',
    'react',
    'react-dom',
  ]);
  for (const version of Object.values(root)) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
});

test('no file imports Lighthouse, which is used as a command', () => {
  expect(forbiddenImports(SOURCES, /^(?!lighthouse(\/|$))/)).toEqual([]);
});
