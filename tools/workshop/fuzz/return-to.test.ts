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

/** What must hold for everything that a person is sent to. */
function expectOurs(path: string, origin: string): void {
  expect(path).toMatch(/^\/(?!\/)/);
  // As `Location` on any page of ours, and behind the origin, as the site writes it.
  const pages = ['/', '/login?code=x', '/deep/page/'].map((page) => `${origin}${page}`);
  const readings = [...pages.map((page) => new URL(path, page)), new URL(`${origin}${path}`)];
  expect(new Set(readings.map((url) => url.href))).toEqual(new Set([`${origin}${path}`]));
  for (const url of readings) expect(url.origin).toBe(origin);
  expect(readings[0]?.pathname).not.toMatch(/^\/(login|logout|refresh)\/?$/);
  // In a header and in an attribute it needs no quoting, and hides nothing.
  expect(path).toMatch(/^[\x21-\x7e]{1,3000}$/);
  expect(path).not.toMatch(/["<>\\]/);
}

describe('whatever `returnTo` says', () => {
  test('a browser ends on a page of ours, which is not the sign-in or sign-out', () => {
    fc.assert(
      fc.property(values, origins, (value, origin) => {
        expectOurs(safeReturnTo(value, origin), origin);
      }),
      budget(800),
    );
  });

  test('nor by a spelling that the site mends', () => {
    const slashes = fc.stringMatching(/^\/{1,4}$/);
    const word = fc.constantFrom('login', 'logout', 'refresh');
    fc.assert(
      fc.property(
        word,
        slashes,
        fc.constantFrom('', '?error=x', '?returnTo=/'),
        (name, end, query) => {
          const path = safeReturnTo(`/${name}${end}${query}`, ORIGINS[0]);
          // Next answers two slashes with a redirect to one.
          const mended = new URL(path, ORIGINS[0]).pathname.replace(/\/{2,}/g, '/');
          expect(mended).not.toMatch(/^\/(login|logout|refresh)\/?$/);
        },
      ),
      budget(100),
    );
  });

  test('what came out goes in again unchanged', () => {
    fc.assert(
      fc.property(values, origins, (value, origin) => {
        const path = safeReturnTo(value, origin);
        expect(safeReturnTo(path, origin)).toBe(path);
      }),
      budget(500),
    );
  });

  test('an honest path is kept, with its query', () => {
    const segment = fc.stringMatching(/^[a-z0-9][\w.~-]{0,11}$/);
    const query = fc.dictionary(segment, fc.string({ unit: 'grapheme', maxLength: 12 }));
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 5 }), query, (segments, parameters) => {
        const search = new URLSearchParams(parameters).toString();
        const path = `/p/${segments.join('/')}${search && `?${search}`}`;
        // A longer one does not fit into the cookie of its attempt.
        fc.pre(path.length <= 3000);
        expect(safeReturnTo(path, ORIGINS[0])).toBe(path);
      }),
      budget(100),
    );
  });
});

describe('whatever `Referer` says', () => {
  const referers = fc.oneof(
    fc.tuple(
      fc.constantFrom(...ORIGINS, 'https://evil.example', 'blob:https://example.com'),
      values,
    ),
    fc.tuple(fc.constantFrom('https://example.com', 'https://example.com.', ''), hostilePaths),
  );

  test('the page of a form is ours, and the front page for one of elsewhere', () => {
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
