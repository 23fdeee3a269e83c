import { describe, expect, test } from 'vitest';
import { originOf, shares } from './loaded';
import { loadedTable, startTable } from './report';
import { sizesBySource } from './source-map';

describe('a chunk of a build is divided by its source map', () => {
  test('each character belongs to the source of the segment before it', () => {
    // Columns 0 and 4 of the first line and 2 of the second: sources 0, 1, none, 0. `E` adds 2, `I` adds 4.
    const map = { sources: ['a.ts', 'b.ts'], mappings: 'AAAA,ICAA;EDAA' };
    const sizes = sizesBySource('aaaabbb\n--aa', map);
    expect(Object.fromEntries(sizes)).toEqual({ '': 2, 'a.ts': 6, 'b.ts': 3 });
  });

  test('what has no source is the bundler’s', () => {
    const sizes = sizesBySource('((xx))', { sources: ['a.ts'], mappings: 'A,EAAA,E' });
    expect(Object.fromEntries(sizes)).toEqual({ '': 4, 'a.ts': 2 });
  });
});

test.each([
  ['/x/node_modules/next/dist/compiled/node_modules/zod/index.js', 'zod'],
  ['../../node_modules/%40edge-runtime/x.js', '%40edge-runtime'],
  ['/x/node_modules/@next/env/dist/index.js', '@next/env'],
  ['../../../lib/cognito/session/session.ts', 'lib/cognito/session'],
  ['[project]/app/profile/page.tsx', 'app'],
  ['/x/.next/server/app/profile/page.js', 'loaders and entries of the build'],
  ['../../middleware.ts', 'the project’s root'],
])('%s counts as %s', (source, origin) => {
  expect(originOf(source)).toBe(origin);
});

test('what is loaded is added up by origin, apart for Node and for Edge', () => {
  const file = { bytes: 10, milliseconds: 1 };
  const found = shares([
    { ...file, file: '/n/node_modules/jose/a.js', edge: false },
    { ...file, file: '/n/node_modules/jose/b.js', edge: true },
    { ...file, file: '/n/node_modules/jose/c.js', edge: true },
  ]);
  expect(found).toEqual([{ origin: 'jose', node: 10, edge: 20 }]);
});

test('small origins are one row, and what is only in the site is shown beside nothing', () => {
  const jose = { origin: 'jose', node: 50_000, edge: 40_000 };
  const rows = loadedTable([jose, { origin: 'a', node: 2000, edge: 0 }], [])
    .split('\n')
    .slice(2);
  expect(rows).toEqual([
    '| jose | 50 | 0 | 40 | 0 |',
    '| everything else | 2 | 0 | 0 | 0 |',
    '| total | 52 | 0 | 40 | 0 |',
  ]);
});

test('starts are compared in pairs: the ratio is the median of the ratios', () => {
  const start = (milliseconds: number) => ({ milliseconds, cpu: milliseconds });
  const row = { title: 'x', keysAfter: 0, site: [100, 220, 330].map(start) };
  const table = startTable([{ ...row, bare: [100, 200, 300].map(start) }]);
  expect(table.split('\n').at(-1)).toContain('| 0 ms | 200 (150-250), 220 (160-275) ms | 1.10 |');
});
