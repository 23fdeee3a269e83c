import fc from 'fast-check';
import { expect, test } from 'vitest';
import { groupFor, isPublicPage } from '@/lib/cognito/access/access-rules';
import { budget } from './budget';

/** Public patterns beside private pages, and a page for a group below one of them. */
const LIST = {
  publicPages: ['/', '/about', '/blog/[slug]', '/docs/[[...path]]', '/shop/[...path]'],
  publicFiles: [],
  groupPages: { '/docs/staff': 'staff' },
  recentSignInPages: { '/docs/keys': 60 },
};
const PRIVATE = ['/profile', '/admin', '/api/me', '/blog', '/shop', '/docs/staff', '/docs/keys'];

/** A character of a path, or the same character in another spelling that some decoder reads. */
const spelt = (character: string) => {
  const hex = character.charCodeAt(0).toString(16).padStart(2, '0');
  return fc.constantFrom(
    character,
    character,
    character,
    character.toUpperCase(),
    `%${hex}`,
    `%${hex.toUpperCase()}`,
    `%25${hex}`,
    `%u00${hex}`,
  );
};
const inserted = fc.constantFrom(
  ...[
    '',
    '',
    '',
    '',
    '/',
    '//',
    '/.',
    '/./',
    '/../',
    '/x/..',
    '\\',
    '%2f',
    '%5c',
    '%2F..%2f',
    ';x',
  ],
  ...['%00', '%0a', '.', '..', '.rsc', '.segments/_tree.segment', '.json', '%2e%2e', '%c0%af', '?'],
);
const prefix = fc.constantFrom('', '', '/blog', '/docs', '/shop/x', '/about', '/_next', '/docs/a');
const misspelt = fc.constantFrom(...PRIVATE).chain((path) =>
  fc
    .tuple(
      prefix,
      fc.array(inserted, { minLength: path.length, maxLength: path.length }),
      ...[...path].map(spelt),
    )
    .map(([start, between, ...characters]) => {
      const text = characters.map((character, at) => `${character}${between[at] ?? ''}`).join('');
      return `${start}${text}`;
    }),
);

/** What a server that decodes and normalizes too much could read in a path. */
function readings(path: string): string[] {
  const found = [path];
  for (let times = 0; times < 3; times++) {
    const last = found.at(-1) ?? '';
    found.push(
      last.replace(/%u00(..)|%(..)/g, (whole, a, b) => {
        const code = Number.parseInt(a ?? b, 16);
        return Number.isNaN(code) ? whole : String.fromCharCode(code);
      }),
    );
  }
  return found.map(
    (each) => new URL(each.replaceAll('\\', '/').replace(/\/+/g, '/'), 'http://x').pathname,
  );
}

test('no spelling of a private path is public', () => {
  const property = fc.property(misspelt, (path) => {
    if (!isPublicPage(LIST, path)) return;
    // Then it is the path of a public page, and no decoder reads a private one in it.
    for (const reading of readings(path)) {
      expect(PRIVATE, `${path} can be read as ${reading}`).not.toContain(
        reading.replace(/(?<=.)\/$/, ''),
      );
    }
  });
  fc.assert(property, budget(5000));
});

test('a public path has no second spelling: it stays itself when it is decoded once more', () => {
  // `encodeURIComponent` refuses half of a surrogate pair.
  const word = fc
    .stringMatching(/^[^\\%/\p{Cc}]{1,8}$/u)
    .filter((text) => !/^\.\.?$|\p{Cs}/u.test(text));
  fc.assert(
    fc.property(word, (text) => {
      const path = `/blog/${encodeURIComponent(text)}`;
      expect(isPublicPage(LIST, path), path).toBe(true);
      const at = path.search(/\w$/);
      if (at < 0) return;
      const again = `${path.slice(0, at)}%${path.charCodeAt(at).toString(16)}`;
      expect(isPublicPage(LIST, again), again).toBe(false);
    }),
    budget(500),
  );
});

test('whatever is below a group’s page is for the group, and never public', () => {
  fc.assert(
    fc.property(fc.array(inserted, { maxLength: 6 }), (parts) => {
      const path = `/docs/staff/${parts.join('')}`;
      expect(groupFor(LIST, path)).toBe('staff');
      expect(isPublicPage(LIST, path)).toBe(false);
    }),
    budget(500),
  );
});
