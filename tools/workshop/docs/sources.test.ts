/** Rules for the sources of the template itself, which a site built on it doesn't have to follow. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { SOURCES } from '../../../tests/support/sources';

test('the sources suppress no tool and skip no test', () => {
  const words = ['@ts-ignore', '@ts-expect-error', '@ts-nocheck', 'biome-ignore', '\\bas any\\b'];
  const pattern = new RegExp(`${words.join('|')}|\\b(test|it|describe)\\.(only|skip)\\(`);
  // Except this file, and the sample files of another developer.
  const others = SOURCES.filter(
    (name) => !/^tools\/workshop\/(docs\/sources\.test\.ts|recipes\/site\/)/.test(name),
  );
  expect(others.filter((file) => pattern.test(readFileSync(file, 'utf8')))).toEqual([]);
});

test('the sources have no catch-all files such as utils', () => {
  const drawers = SOURCES.filter((file) => /\/(utils?|helpers?|misc|shared)\.\w+$/.test(file));
  expect(drawers.filter((file) => !file.startsWith('tools/workshop/recipes/site/'))).toEqual([]);
});

test('the site’s own files read no environment variables', () => {
  const site = SOURCES.filter((file) => /^(app\/|lib\/[\w-]+\.ts$)/.test(file));
  expect(site.filter((file) => readFileSync(file, 'utf8').includes('process.env'))).toEqual([]);
  const read = ['next.config.js', 'instrumentation.ts'].map((file) => readFileSync(file, 'utf8'));
  const variables = read.flatMap((text) => text.match(/process\.env\.\w+/g) ?? []);
  expect(variables).toEqual([
    'process.env.BUILD_STANDALONE',
    'process.env.NEXT_RUNTIME',
    'process.env.NODE_ENV',
  ]);
});
