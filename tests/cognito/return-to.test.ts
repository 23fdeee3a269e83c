import { describe, expect, test } from 'vitest';
import { refererPath, safeReturnTo } from '@/lib/cognito/session/return-to';

const ORIGIN = 'https://example.com';

test.each([
  '/',
  '/profile',
  '/profile?tab=a%20b&x=1%262',
  '/deep/path/?q=https://elsewhere.example',
  '/caf%C3%A9',
  '/logins',
  '/login/more',
])('%s is kept', (path) => {
  expect(safeReturnTo(path, ORIGIN)).toBe(path);
});

describe('whatever comes in, a browser ends on our origin', () => {
  const BAD = [
    '//evil.example',
    '///evil.example',
    '////evil.example',
    '/\\evil.example',
    '\\/evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/\r\n/evil.example',
    '\t//evil.example',
    '/\u0000/evil.example',
    '/\u0085/evil.example',
    '/.//evil.example',
    '/..//evil.example',
    '/a/..//evil.example',
    '/%2e//evil.example',
    '/./\\evil.example',
    'https://evil.example',
    'https:evil.example',
    'http://example.com.evil.example',
    '//example.com@evil.example',
    '//user:pw@evil.example/',
    '//evil.example\\@example.com',
    '//[::1]/',
    '//0x7f.1',
    '//evil。example',
    '／／evil.example',
    '/／evil.example',
    'javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,x',
    'blob:https://example.com/x',
    '%2f%2fevil.example',
    '/%2f%2fevil.example/%252f',
    '/%5cevil.example',
    '?x=1',
    '#x',
    'profile',
    ' /profile',
    './/evil.example',
    '/'.repeat(5000),
    `/${'a'.repeat(1024)}`,
    '/login',
    '/login?returnTo=/login',
    '/login/',
    '/logout',
    '/logout/',
    '/refresh',
    '/x/../logout',
    '/%6cogin/../login',
  ];

  test.each(BAD)('%j', (value) => {
    const path = safeReturnTo(value, ORIGIN);
    expect(path.startsWith('/')).toBe(true);
    expect(path.startsWith('//')).toBe(false);
    expect(new URL(path, ORIGIN).origin).toBe(ORIGIN);
    expect(new URL(`${ORIGIN}${path}`).origin).toBe(ORIGIN);
    expect(path).not.toMatch(/^\/(login|logout|refresh)\/?(\?|$)/);
  });

  test.each(['//evil.example/profile', '/\\evil.example/profile', '/pro\tfile', '/a\\b', '/\n'])(
    '%j leads to the front page, not to a path of its own',
    (value) => {
      expect(safeReturnTo(value, ORIGIN)).toBe('/');
    },
  );

  test('a path that grows too long when it is encoded', () => {
    expect(safeReturnTo(`/${'中'.repeat(1000)}`, ORIGIN)).toBe('/');
    expect(safeReturnTo(`/${'中'.repeat(100)}`, ORIGIN)).toHaveLength(901);
  });

  test('nothing at all', () => {
    for (const value of [null, undefined, '']) expect(safeReturnTo(value, ORIGIN)).toBe('/');
  });
});

test('the page of a form is the path of a Referer of ours', () => {
  expect(refererPath('https://example.com/profile?x=1', ORIGIN)).toBe('/profile?x=1');
  for (const referer of ['https://evil.example/profile', 'garbage', '', null]) {
    expect(refererPath(referer, ORIGIN)).toBe('/');
  }
});
