/** The bench has packages of its own, so nothing but its command checks its types. These tests need no packages. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importsOf, SOURCES } from '@/tests/support/sources';
import { APPS } from '@/tools/workshop/bench/apps';

const BENCH = 'tools/workshop/bench';
const FILES = SOURCES.filter((file) => file.startsWith(`${BENCH}/`));
const ENDS = ['', '.ts', '.tsx', '.js', '/index.ts'];

/** Where an import of a file can lead: an app's file is copied into a folder in which others are, too. */
function placesOf(file: string, name: string): string[] {
  const own = name.startsWith('.') ? [join(dirname(file), name)] : [name.slice(2)];
  const shared = name.startsWith('@/shared') ? [join(BENCH, name.slice(2))] : [];
  return [...own, ...shared];
}

const isFile = (path: string) => existsSync(path) && statSync(path).isFile();

test('every import of a file in the bench finds it', () => {
  expect(FILES.length).toBeGreaterThan(60);
  const missing = FILES.flatMap((file) =>
    importsOf(file)
      // The last one is in the text of a file that the bench writes.
      .filter((name) => /^(\.\.?|@)\//.test(name) && name !== './next.config.own.js')
      .filter((name) => !placesOf(file, name).some((at) => ENDS.some((end) => isFile(at + end))))
      .map((name) => `${file}: ${name}`),
  );
  expect(missing).toEqual([]);
});

test('every name that the bench imports from the project or itself is exported there', () => {
  const missing = FILES.flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    const named = text.matchAll(/import (?:type )?\{([^}]*)\} from '((?:\.\.?|@)\/[^']*)'/g);
    return [...named].flatMap(([, names = '', from = '']) => {
      const at = placesOf(file, from).flatMap((place) => ENDS.map((end) => place + end));
      const exported = exportsOf(at.find(isFile) ?? '');
      return namesIn(names)
        .filter((name) => !exported.has(name))
        .map((name) => `${file}: ${name} from ${from}`);
    });
  });
  expect(missing).toEqual([]);
});

describe('this site without its sign-in', () => {
  const folder = `${BENCH}/apps/site-bare`;
  const files = FILES.filter((file) => file.startsWith(`${folder}/`));

  test.each(files)('%s replaces a file, and exports as much', (file) => {
    const original = relative(folder, file);
    expect(existsSync(original), original).toBe(true);
    const own = exportsOf(file);
    const wanted = [...exportsOf(original)].filter((name) => name !== 'Middleware');
    expect(wanted.filter((name) => !own.has(name))).toEqual([]);
  });
});

test('each app has a file that makes its sessions, and the folders that it is assembled from', () => {
  for (const { sessions, layers } of APPS) {
    expect(existsSync(`${BENCH}/sessions/${sessions}.ts`), sessions).toBe(true);
    for (const layer of layers.filter((name) => !['shared', 'project', 'site'].includes(name))) {
      expect(existsSync(`${BENCH}/apps/${layer}`), layer).toBe(true);
    }
  }
});

/** `type A, b as c` in braces: the names on the other side. */
function namesIn(list: string): string[] {
  const names = list.split(',').map((one) => one.trim().replace(/^type /, ''));
  return names.map((name) => name.split(' as ')[0] ?? '').filter((name) => name !== '');
}

function exportsOf(file: string): Set<string> {
  if (file === '') return new Set();
  const text = readFileSync(file, 'utf8');
  const declared = text.matchAll(
    /^export (?:declare )?(?:async )?(?:const|let|function\*?|class|interface|type|enum) (\w+)/gm,
  );
  const listed = [...text.matchAll(/^export (?:type )?\{([^}]*)\}/gm)].flatMap(([, names = '']) =>
    names.split(',').map((one) => one.trim().replace(/^type |^.* as /g, '')),
  );
  const unpacked = [...text.matchAll(/^export const \{([^}]*)\}/gm)].flatMap(([, names = '']) =>
    names.split(',').map((one) => one.trim()),
  );
  return new Set([...[...declared].map(([, name = '']) => name), ...listed, ...unpacked]);
}
