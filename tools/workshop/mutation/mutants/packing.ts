import { unit } from '../mutant';

const PACK = 'lib/cognito/packing/pack.ts';
const COMPRESS = 'lib/cognito/packing/compress.ts';

/** A packed session is restored exactly, or not at all. */
export const packing = [
  ...unit(
    PACK,
    ['cognito/pack', 'cognito/cookies'],
    [
      {
        id: 'pack-exact',
        defense: 'a token that would not be restored exactly is stored as it is',
        find: 'putTogether(kinds, [...texts], [...bytes]) === token ? { texts, bytes } : null',
        replace: '{ texts, bytes }',
      },
      {
        id: 'pack-whole',
        defense: 'a session with extra parts is not accepted',
        find: 'const whole = texts.length === 0 && bytes.length === 0;',
        replace: 'const whole = true;',
      },
      {
        id: 'pack-utf8',
        defense: 'bytes that are not valid UTF-8 are not read as text',
        find: 'fatal: true',
        replace: 'fatal: false',
        explained:
          'invalid bytes would be replaced, and the result would not match, which `pack-exact` notices',
      },
    ],
  ),
  ...unit(
    COMPRESS,
    ['cognito/pack'],
    [
      {
        id: 'expand-cut',
        defense: 'a truncated copy instruction yields nothing',
        find: 'if (at + 4 > input.length) return null;',
        replace: '',
      },
      {
        id: 'expand-bounds',
        defense: 'a copy instruction that points outside the text yields nothing',
        find: 'if (high < 0 || low < 0 || extra < 0 || from < 0 || from >= all.length) return null;',
        replace: '',
      },
    ],
  ),
];
