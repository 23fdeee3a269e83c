import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { refererPath, safeReturnTo } from '@/lib/cognito/session/return-to';
import { HOSTILE_PATHS } from '../../../tests/support/hostile-paths';
import { budget } from './budget';
import { hostilePaths } from './hostile-grammar';

const ORIGINS = ['https://example.com', 'http://localhost:3000', 'https://[::1]:8443'] as const;
const origins = fc.constantFrom(...ORIGINS);
const values = fc.oneof(
  { weight: 9, arbitrary: hostilePaths },
  { weight: 1, arbitrary: fc.constantFrom(...HOSTILE_PATHS) },
);

/** Checks a path that the site redirects to. */
function expectOurs(path: string, origin: string): void {
  expect(path).toMatch(/^\/(?!\/)/);
  // As a `Location` on any of our pages, and after the origin, as the site writes it.
  const pages = ['/', '/login?code=x', '/deep/page/'].map((page) => `${origin}${page}`);
  const readings = [...pages.map((page) => new URL(path, page)), new URL(`${origin}${path}`)];
  expect(new Set(readings.map((url) => url.href))).toEqual(new Set([`${origin}${path}`]));
  for (const url of readings) expect(url.origin).toBe(origin);
  expect(readings[0]?.pathname).not.toMatch(/^\/(login|logout|refresh)\/?$/);
  // It needs no escaping in a header or an attribute, and has no invisible characters.
  expect(path).toMatch(/^[\x21-\x7e]{1,3000}$/);
  expect(path).not.toMatch(/["<>\\]/);
}

describe('whatever `returnTo` contains', () => {
  test('a browser ends on our origin, and not on sign-in, sign-out or refresh', () => {
    fc.assert(
      fc.property(values, origins, (value, origin) => {
        expectOurs(safeReturnTo(value, origin), origin);
      }),
      budget(800),
    );
  });

  test('not even with extra slashes, which Next redirects away', () => {
    const slashes = fc.stringMatching(/^\/{1,4}$/);
    const word = fc.constantFrom('login', 'logout', 'refresh');
    fc.assert(
      fc.property(
        word,
        slashes,
        fc.constantFrom('', '?error=x', '?returnTo=/'),
        (name, end, query) => {
          const path = safeReturnTo(`/${name}${end}${query}`, ORIGINS[0]);
          // Next redirects repeated slashes to a single one.
          const fixed = new URL(path, ORIGINS[0]).pathname.replace(/\/{2,}/g, '/');
          expect(fixed).not.toMatch(/^\/(login|logout|refresh)\/?$/);
        },
      ),
      budget(100),
    );
  });

  test('a path that was returned is accepted again unchanged', () => {
    fc.assert(
      fc.property(values, origins, (value, origin) => {
        const path = safeReturnTo(value, origin);
        expect(safeReturnTo(path, origin)).toBe(path);
      }),
      budget(500),
    );
  });

  test('a normal path is kept, with its query', () => {
    const segment = fc.stringMatching(/^[a-z0-9][\w.~-]{0,11}$/);
    const query = fc.dictionary(segment, fc.string({ unit: 'grapheme', maxLength: 12 }));
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 5 }), query, (segments, parameters) => {
        const search = new URLSearchParams(parameters).toString();
        const path = `/p/${segments.join('/')}${search && `?${search}`}`;
        // A longer path does not fit into the state of a sign-in attempt.
        fc.pre(path.length <= 3000);
        expect(safeReturnTo(path, ORIGINS[0])).toBe(path);
      }),
      budget(100),
    );
  });
});

describe('whatever `Referer` contains', () => {
  const referers = fc.oneof(
    fc.tuple(
      fc.constantFrom(...ORIGINS, 'https://evil.example', 'blob:https://example.com'),
      values,
    ),
    fc.tuple(fc.constantFrom('https://example.com', 'https://example.com.', ''), hostilePaths),
  );

  test('a form leads back to a page on our origin, and to the front page if it came from elsewhere', () => {
    fc.assert(
      fc.property(referers, origins, ([start, rest], origin) => {
        const referer = `${start}${rest}`;
        const path = refererPath(referer, origin);
        expectOurs(path, origin);
        const isOurs = URL.canParse(referer) && new URL(referer).origin === origin;
        if (!isOurs) expect(path).toBe('/');
      }),
      budget(400),
    );
  });
});
