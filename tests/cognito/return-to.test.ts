import { describe, expect, test } from 'vitest';
import { refererPath, safeReturnTo } from '@/lib/cognito/session/return-to';
import { HOSTILE_PATHS } from '../support/hostile-paths';

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

describe('for any input, a browser stays on this origin', () => {
  // Test names must not be a hundred thousand characters long.
  const named = HOSTILE_PATHS.map((value) => [JSON.stringify(value).slice(0, 60), value] as const);

  test.each(named)('%s', (_, value) => {
    const path = safeReturnTo(value, ORIGIN);
    expect(path.startsWith('/')).toBe(true);
    expect(path.startsWith('//')).toBe(false);
    expect(new URL(path, ORIGIN).origin).toBe(ORIGIN);
    expect(new URL(`${ORIGIN}${path}`).origin).toBe(ORIGIN);
    expect(path).not.toMatch(/^\/(login|logout|refresh)\/*(\?|$)/);
  });

  test.each(['//evil.example/profile', '/\\evil.example/profile', '/pro\tfile', '/a\\b', '/\n'])(
    '%j leads to the front page, not to another path',
    (value) => {
      expect(safeReturnTo(value, ORIGIN)).toBe('/');
    },
  );

  test('a path that is too long once it is encoded', () => {
    expect(safeReturnTo(`/${'中'.repeat(1000)}`, ORIGIN)).toBe('/');
    expect(safeReturnTo(`/${'中'.repeat(100)}`, ORIGIN)).toHaveLength(901);
  });

  test('nothing at all', () => {
    for (const value of [null, undefined, '']) expect(safeReturnTo(value, ORIGIN)).toBe('/');
  });
});

test('after many calls, the result is still the same', () => {
  // In Latin-1, the bytes of "Ã¨" are those of "è" in UTF-8, and only the latter may be in a host.
  for (let call = 0; call < 20_000; call++) {
    expect(safeReturnTo('//xÃ¨', ORIGIN)).toBe('/');
    expect(refererPath('https://xÃ¨/', ORIGIN)).toBe('/');
  }
});

test('the page of a form is the path of a same-origin Referer', () => {
  expect(refererPath('https://example.com/profile?x=1', ORIGIN)).toBe('/profile?x=1');
  for (const referer of ['https://evil.example/profile', 'garbage', '', null]) {
    expect(refererPath(referer, ORIGIN)).toBe('/');
  }
});

test.each([
  '/',
  '//evil.example',
  '/.//evil.example',
  '/logout',
  '/login?x=1',
  `/${'a'.repeat(3000)}`,
])('a form does not lead to %j either', (path) => {
  expect(refererPath(`${ORIGIN}${path}`, ORIGIN)).toBe('/');
});
