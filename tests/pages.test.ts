import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { access } from '@/lib/access';
import { PAGES, type Page } from '@/lib/site';

const pages: readonly Page[] = PAGES;

test('each page in lib/site.ts exists, once', () => {
  const paths = pages.map(({ path }) => path);
  expect(new Set(paths).size).toBe(paths.length);
  for (const path of paths)
    expect(existsSync(`app${path === '/' ? '' : path}/page.tsx`), path).toBe(true);
});

test('the navigation shows a page for a group to its members only', () => {
  const groups: Readonly<Record<string, string>> = access.groupPages;
  for (const { path, navigation, group } of pages) {
    if (navigation !== undefined) expect(group, path).toBe(groups[path]);
  }
});
