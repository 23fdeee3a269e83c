import { describe, expect, test } from 'vitest';
import { groupFor, isPublicFile, isPublicPage, maxAgeFor } from '@/lib/cognito/access-rules';

/** A list of its own, so that yours may be edited. */
const LIST = {
  publicPages: ['/', '/blog'],
  publicFiles: ['/robots.txt'],
  groupPages: { '/admin': 'admin' },
  recentSignInPages: { '/sensitive': 300 },
};

describe('what is public', () => {
  test('is what the list names and the sign-in itself, and nothing near them', () => {
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
  ])('%j is not', (path) => {
    expect(isPublicPage(LIST, path)).toBe(false);
  });
});

test('groups reach down', () => {
  expect(groupFor(LIST, '/admin')).toBe('admin');
  expect(groupFor(LIST, '/admin/users')).toBe('admin');
  expect(groupFor(LIST, '/administration')).toBeUndefined();
});

test('a sensitive page asks for a sign-in of the last five minutes, another for none', () => {
  expect(maxAgeFor(LIST, '/sensitive')).toBe(300);
  expect(maxAgeFor(LIST, '/sensitive/')).toBe(300);
  expect(maxAgeFor(LIST, '/')).toBeUndefined();
  expect(maxAgeFor(LIST, '/constructor')).toBeUndefined();
});
