import { describe, expect, test } from 'vitest';
import { groupFor, isPublicFile, isPublicPage, maxAgeFor } from '@/lib/cognito/access/access-rules';

/** These tests use their own list, so that you can edit yours. */
const LIST = {
  publicPages: ['/', '/blog'],
  publicFiles: ['/robots.txt'],
  groupPages: { '/admin': 'admin', '/team/[id]': 'staff', '/docs/internal': 'staff' },
  recentSignInPages: { '/sensitive': 300, '/team/[id]/keys': 60, '/docs/keys': 60 },
};
/** The same, with public patterns. */
const PATTERNS = {
  ...LIST,
  publicPages: [
    '/',
    '/blog/[slug]',
    '/docs/[[...path]]',
    '/shop/[...path]',
    '/[lang]/about',
    '/über',
  ],
};

describe('public paths', () => {
  test('are the listed ones, with and without a trailing slash, and nothing similar', () => {
    const open = ['/', '/blog', '/blog/'];
    expect(open.filter((path) => !isPublicPage(LIST, path))).toEqual([]);
    for (const path of open.flatMap((each) => [`${each}x`, `${each}//`, `/x${each}`])) {
      if (!open.includes(path)) expect(isPublicPage(LIST, path), path).toBe(false);
    }
    expect(isPublicFile(LIST, '/robots.txt')).toBe(true);
    expect(isPublicFile(LIST, '/robots.txt/')).toBe(false);
  });

  test.each([
    '/profile',
    '/LOGIN',
    '/Blog',
    '/BLOG',
    '/theme/',
    '/login',
    '/logout/',
    '/login/x',
    '/login%2f',
    '//',
    '',
    '/index',
  ])('do not include %j', (path) => {
    expect(isPublicPage(LIST, path)).toBe(false);
  });
});

describe('a public pattern', () => {
  test.each([
    '/blog/hello',
    '/blog/hello/',
    '/blog/v1.2',
    '/blog/a..b',
    '/blog/...',
    '/blog/c%2B%2B',
    '/blog/%E4%B8%AD',
    '/blog/[x]',
    '/docs',
    '/docs/',
    '/docs/a',
    '/docs/a/b/c/',
    '/shop/a/b',
    '/de/about',
    '/%C3%BCber',
  ])('matches %j', (path) => {
    expect(isPublicPage(PATTERNS, path)).toBe(true);
  });

  test.each([
    '/blog',
    '/blog/',
    '/blog//',
    '//blog/hello',
    '/blog//hello',
    '/blog/hello//',
    '/Blog/hello',
    '/%62log/hello',
    '/blog/hello/more',
    '/blog/hello%2Fmore',
    '/blog/hello%2fmore',
    '/blog/hello%5Cmore',
    '/blog/hello\\more',
    '/blog/%68ello',
    '/blog/hello?x',
    '/blog/?hello',
    '/blog/hello#x',
    '/blog/hello%00',
    '/blog/hello%0a',
    '/blog/50%',
    '/blog/%252f',
    '/blog/.',
    '/blog/..',
    '/blog/../profile',
    '/blog/%2e%2e',
    '/docs/../profile',
    '/docs/a/./b',
    '/docs/internal',
    '/docs/internal/',
    '/docs/internal/deep',
    '/docs/internal.segments/_tree.segment',
    '/profile.segments/about',
    '/docs/keys',
    '/docs/keys/',
    '/shop',
    '/shop/',
    '/_next/about',
    '/_not-found',
    '/de/fr/about',
  ])('does not match %j', (path) => {
    expect(isPublicPage(PATTERNS, path)).toBe(false);
  });

  test.each(['/a[b]/c', '/[a', '/a]', '/[]', '/x[a]'])(
    'that is not one of Next’s, %j, stands for itself',
    (page) => {
      const list = { ...LIST, publicPages: [page] };
      for (const path of ['/a', '/x', '/ab/c', '/axb/c', '/profile', '/xa']) {
        expect(isPublicPage(list, path), path).toBe(false);
      }
    },
  );
});

describe('the images of a public page', () => {
  const IMAGES = ['opengraph-image', 'twitter-image', 'icon', 'apple-icon'];

  test.each(IMAGES)('%s is public with it, under each name that Next gives it', (image) => {
    for (const end of ['', '2', '-1a2b3c', '3-1a2b3c', '.png', '-1a2b3c.jpg', '/small', '/0']) {
      for (const page of ['', '/blog/hello', '/docs', '/docs/a/b', '/de/about']) {
        expect(isPublicPage(PATTERNS, `${page}/${image}${end}`), `${page} ${end}`).toBe(true);
      }
    }
  });

  test.each(IMAGES)('%s of a page that is not public is private', (image) => {
    for (const page of ['/profile', '/about', '/docs/internal', '/docs/keys/deep/..', '/team/1']) {
      expect(isPublicPage(PATTERNS, `${page}/${image}`), page).toBe(false);
    }
    for (const end of ['x', '-', '-1a2b3', '.txt', '/a/b', '.png/x', '//']) {
      expect(isPublicPage(PATTERNS, `/blog/hello/${image}${end}`), end).toBe(false);
    }
  });
});

test('a pattern for a group applies to every spelling of its parameter, and to every path below', () => {
  for (const path of ['/team/1', '/team/1/', '/team/%31', '/team/%2F', '/team/1/keys']) {
    expect(groupFor(LIST, path), path).toBe('staff');
  }
  for (const path of ['/team', '/team/', '/teams/1']) expect(groupFor(LIST, path)).toBeUndefined();
});

test('a restricted page is restricted at the other addresses of its parts, which Vercel serves', () => {
  const parts = ['_tree.segment', '_full.segment.rsc', '$d$id/__PAGE__.segment'];
  for (const part of parts) {
    for (const page of ['/admin', '/%61dmin', '/admin/users']) {
      const path = `${page}.segments/${part}`;
      expect(groupFor(LIST, path), path).toBe('admin');
    }
    expect(groupFor(LIST, `/admin%2Esegments/${part}`)).toBe('admin');
    expect(maxAgeFor(PATTERNS, `/docs/keys.segments/${part}`)).toBe(60);
  }
});

test('a rule for one value of a parameter applies to every spelling of that value', () => {
  const list = {
    ...PATTERNS,
    groupPages: { '/docs/internal': 'staff', '/docs/über uns': 'staff', '/docs/a@b&c': 'staff' },
  };
  // Next decodes what a parameter matches: a page at /docs/[[...path]] gets the same path for each.
  const internal = [
    '/docs/%69nternal',
    '/docs/%69%6Eternal/x',
    '/docs/%69nternal/',
    '/docs/inter%6eal',
  ];
  const others = [
    '/docs/%C3%BCber%20uns',
    '/docs/%c3%bcber%20uns',
    '/docs/a@b&c',
    '/docs/a%40b%26c',
  ];
  for (const path of [...internal, ...others]) expect(groupFor(list, path), path).toBe('staff');
  for (const path of ['/docs/%6Beys', '/docs/k%65ys/']) expect(maxAgeFor(list, path)).toBe(60);
  for (const path of ['/docs/internal%2', '/docs/%'])
    expect(() => groupFor(list, path)).not.toThrow();
});

test('a group for "/" applies to the whole site', () => {
  const list = { ...LIST, groupPages: { '/': 'members' } };
  for (const path of ['/', '/blog', '/x/y']) expect(groupFor(list, path)).toBe('members');
  expect(isPublicPage(list, '/blog')).toBe(false);
});

test('a group applies to every path below its page', () => {
  expect(groupFor(LIST, '/admin')).toBe('admin');
  expect(groupFor(LIST, '/admin/users')).toBe('admin');
  expect(groupFor(LIST, '/administration')).toBeUndefined();
});

test('a sensitive page requires a sign-in of the last five minutes, other pages do not', () => {
  expect(maxAgeFor(LIST, '/sensitive')).toBe(300);
  expect(maxAgeFor(LIST, '/sensitive/')).toBe(300);
  expect(maxAgeFor(LIST, '/team/1/keys')).toBe(60);
  expect(maxAgeFor(LIST, '/team/%31/keys/')).toBe(60);
  expect(maxAgeFor(LIST, '/team/1/keys/x')).toBeUndefined();
  expect(maxAgeFor(LIST, '/')).toBeUndefined();
  expect(maxAgeFor(LIST, '/constructor')).toBeUndefined();
});
