import * as fc from 'fast-check';

const PIECES = [
  ['/', '//', '\\', '/\\', '.', '..', '/./', '/../', ';', ':', '@', '?', '#', '&', '='],
  ['\t', '\n', '\r', '\u0000', '\u001f', ' ', '\u007f', '\u0085', '\u00a0', '\u2028', '\ufeff'],
  ['。', '．', '｡', '／', '＼', '∕', '⁄', '℀', 'ｅ', '\u200b', '\u202e', 'ß', '\ud800', '\udc00'],
  [
    '%2f',
    '%2F',
    '%5c',
    '%2e',
    '%2E',
    '%09',
    '%0a',
    '%0d',
    '%00',
    '%25',
    '%252f',
    '%40',
    '%',
    '%c0%af',
  ],
  ['http:', 'https:', 'HTTPS:', 'javascript:', 'data:', 'blob:', 'file:', 'ftp:', 'ws:', 'about:'],
  [
    'evil.example',
    'example.com',
    'localhost',
    '127.0.0.1',
    '0x7f.1',
    '[::1]',
    'user:pw@',
    ':443',
    'xn--a',
  ],
  ['login', 'logout', 'refresh', 'profile', '%6cogin', 'LOGIN', 'returnTo=', 'session-again=', 'a'],
] as const;

/** Hostile texts from a grammar: parts of URLs in any order, and sometimes random text. */
export const hostilePaths: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 6,
    arbitrary: startingWith(fc.constantFrom('/', '//', '/\\', '/.', '\\', '\t/', '/\t')),
  },
  { weight: 2, arbitrary: startingWith(fc.constant('')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }).map((text) => `/${text}`) },
  { weight: 1, arbitrary: fc.webUrl({ withQueryParameters: true, withFragments: true }) },
);

function startingWith(start: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const piece = fc.oneof(...PIECES.map((pieces) => fc.constantFrom(...pieces)));
  const rest = fc.array(piece, { maxLength: 8 });
  return fc.tuple(start, rest).map(([first, pieces]) => first + pieces.join(''));
}
