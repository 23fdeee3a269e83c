import { unit } from '../mutant';

const PACK = 'lib/cognito/packing/pack.ts';
const COMPRESS = 'lib/cognito/packing/compress.ts';

/** What comes out of a seal is exactly what went in, or nothing. */
export const packing = [
  ...unit(
    PACK,
    ['cognito/pack', 'cognito/cookies'],
    [
      {
        id: 'pack-exact',
        defence: 'a token that would not come back exactly is kept as it is',
        find: 'putTogether(kinds, [...texts], [...bytes]) === token ? { texts, bytes } : null',
        replace: '{ texts, bytes }',
      },
      {
        id: 'pack-whole',
        defence: 'more parts than three tokens have are no session',
        find: 'const whole = texts.length === 0 && bytes.length === 0;',
        replace: 'const whole = true;',
      },
      {
        id: 'pack-utf8',
        defence: 'bytes that are no text are not read as text',
        find: 'fatal: true',
        replace: 'fatal: false',
        explained:
          'what is replaced in such a text does not come back exactly, which `pack-exact` sees',
      },
    ],
  ),
  ...unit(
    COMPRESS,
    ['cognito/pack'],
    [
      {
        id: 'expand-cut',
        defence: 'a copy that is cut off expands to nothing',
        find: 'if (at + 4 > input.length) return null;',
        replace: '',
      },
      {
        id: 'expand-bounds',
        defence: 'a copy from beyond the text expands to nothing',
        find: 'if (high < 0 || low < 0 || extra < 0 || from < 0 || from >= all.length) return null;',
        replace: '',
      },
    ],
  ),
];
