import { describe, expect, test } from 'vitest';
import { groupFor, isPublicFile, isPublicPage, maxAgeFor } from '@/lib/cognito/access-rules';

/** These tests use their own list, so that you can edit yours. */
const LIST = {
  publicPages: ['/', '/blog'],
  publicFiles: ['/robots.txt'],
  groupPages: { '/admin': 'admin' },
  recentSignInPages: { '/sensitive': 300 },
};

describe('public paths', () => {
  test('are the listed ones and the sign-in routes, and nothing similar', () => {
    const open = ['/', '/blog', '/login', '/login/', '/logout', '/logout/'];
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
    '/login/x',
    '/login%2f',
    '//',
    '',
    '/index',
  ])('do not include %j', (path) => {
    expect(isPublicPage(LIST, path)).toBe(false);
  });
});

test('a group applies to every path below its page', () => {
  expect(groupFor(LIST, '/admin')).toBe('admin');
  expect(groupFor(LIST, '/admin/users')).toBe('admin');
  expect(groupFor(LIST, '/administration')).toBeUndefined();
});

test('a sensitive page requires a sign-in of the last five minutes, other pages do not', () => {
  expect(maxAgeFor(LIST, '/sensitive')).toBe(300);
  expect(maxAgeFor(LIST, '/sensitive/')).toBe(300);
  expect(maxAgeFor(LIST, '/')).toBeUndefined();
  expect(maxAgeFor(LIST, '/constructor')).toBeUndefined();
});
