/** The check of `lib/access.ts` that every site runs: it finds each mistake, and says what to do. */
import { describe, expect, test } from 'vitest';
import type { AccessList } from '@/lib/cognito/access/access-rules';
import { accessProblems, type Built } from '@/tests/support/access-report';

const ROUTES = ['/', '/about', '/blog/[slug]', '/blog/drafts', '/docs/[[...path]]', '/admin'];
const BUILT: Built = {
  routes: [
    ...ROUTES.map((path) => ({ path, kind: 'page' as const })),
    { path: '/blog/[slug]/opengraph-image', kind: 'image' },
    { path: '/about/icon-1a2b3c', kind: 'image' },
    { path: '/api/me', kind: 'handler' },
    { path: '/refresh', kind: 'handler' },
    { path: '/_not-found', kind: 'page' },
  ],
  files: ['/robots.txt', '/blog/salaries.txt'],
  rewrites: false,
};
const NOTHING: AccessList = {
  publicPages: [],
  publicFiles: [],
  groupPages: {},
  recentSignInPages: {},
};

function found(access: Partial<AccessList>, more: Partial<Built> = {}): string[] {
  return accessProblems({ ...NOTHING, ...access }, { ...BUILT, ...more });
}
const withRoute = (...paths: string[]): Partial<Built> => ({
  routes: [...BUILT.routes, ...paths.map((path) => ({ path, kind: 'page' as const }))],
  files: [],
});

test('a list of pages, patterns and files that exist has no problems', () => {
  const pages = ['/', '/about', '/blog/[anyName]', '/blog/drafts', '/docs/[[...path]]'];
  const files = ['/robots.txt', '/blog/salaries.txt'];
  const groupPages = { '/admin': 'admin', '/docs/[area]/internal': 'staff', '/blog': 'staff' };
  expect(found({ publicPages: pages, publicFiles: files })).toEqual([]);
  expect(found({ groupPages, recentSignInPages: { '/about': 60 } })).toEqual([]);
});

describe('an entry that names nothing', () => {
  test.each<[string, Partial<AccessList>, RegExp]>([
    ['a public page', { publicPages: ['/abuot'] }, /"\/abuot" in publicPages .* no page/],
    ['other brackets', { publicPages: ['/posts/(slug)'] }, /"\/posts\/\(slug\)" .* no page/],
    ['a group', { groupPages: { '/amdin': 'admin' } }, /"\/amdin" in groupPages/],
    ['a recent sign-in', { recentSignInPages: { '/x/y': 1 } }, /"\/x\/y" in recentSignInPages/],
    ['a file', { publicFiles: ['/robot.txt'] }, /"\/robot.txt" in publicFiles .* no file/],
    ['a page as a file', { publicFiles: ['/about'] }, /is a page. Move it to publicPages/],
  ])('for %s is named', (_, access, problem) => {
    expect(found(access)).toEqual([expect.stringMatching(problem)]);
  });

  test('is no problem if another middleware can show a page at it', () => {
    expect(found({ publicPages: ['/de/ueber'] }, { rewrites: true })).toEqual([]);
  });
});

describe('a pattern that exposes something private', () => {
  test.each<[string, string, string[], Partial<Built>?]>([
    ['a page beside it', '/blog/[slug]', ['/blog/drafts', '/blog/salaries.txt']],
    [
      'everything',
      '/[...path]',
      [
        '/about',
        '/blog/x',
        '/blog/drafts',
        '/docs',
        '/admin',
        '/api/me',
        '/robots.txt',
        '/blog/salaries.txt',
      ],
    ],
    ['pages below', '/docs/[...path]', ['/docs/x', '/docs/keys/x'], withRoute('/docs/keys/[id]')],
    [
      'a corner of another',
      '/[lang]/about',
      ['/blog/about', '/docs/about', '/team/about'],
      withRoute('/[lang]/about', '/team/[id]'),
    ],
    ['a deeper one', '/a/[b]/c/[d]', ['/a/b/c/x'], withRoute('/a/[b]/c/[d]', '/a/b/c/[d]')],
    ['a page called like an image', '/about', ['/about/icon'], withRoute('/about/icon')],
  ])('%s: it is named, with the path', (_, page, paths, more = {}) => {
    const problems = found({ publicPages: [page] }, more);
    const named = problems.map((problem) => /also makes (\S+) public/.exec(problem)?.[1]);
    expect(named.sort()).toEqual([...paths].sort());
    for (const problem of problems) expect(problem).toMatch(/list ".*", too\. If not, move it/);
  });

  test('is no problem for a page that groupPages or recentSignInPages restrict', () => {
    const publicPages = ['/blog/[slug]'];
    const publicFiles = ['/blog/salaries.txt'];
    const list = { publicPages, publicFiles };
    expect(found({ ...list, groupPages: { '/blog/drafts': 'staff' } })).toEqual([]);
    expect(found({ ...list, recentSignInPages: { '/blog/drafts': 60 } })).toEqual([]);
  });

  test('is no problem for a more general page, which Next serves only for other paths', () => {
    const publicPages = ['/docs/[[...path]]'];
    expect(found({ publicPages }, withRoute('/[...all]', '/[a]/[b]'))).toEqual([]);
  });
});

test('a public page that is restricted as well is named', () => {
  const groupPages = { '/docs': 'staff' };
  expect(found({ publicPages: ['/docs/[[...path]]'], groupPages })).toEqual([
    expect.stringContaining('"/docs/[[...path]]" in publicPages of lib/access.ts isn\'t public'),
  ]);
});

test('a list of a hundred entries is checked at once', () => {
  const many = Array.from({ length: 100 }, (_, index) => `/blog/post-${index}`);
  const built = withRoute('/[a]/[b]', '/[...rest]', ...many);
  expect(found({ publicPages: many }, built)).toEqual([]);
});
