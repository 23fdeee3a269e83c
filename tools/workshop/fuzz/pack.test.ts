import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesToText, textToBytes } from '@/lib/cognito/packing/bytes-as-text';
import { compress, expand, restoreUuids, takeUuids } from '@/lib/cognito/packing/compress';
import { isPacked, pack, unpack } from '@/lib/cognito/packing/pack';
import { budget } from './budget';

const text = fc.string({ unit: 'binary', maxLength: 60 });
const bytes = fc.uint8Array({ maxLength: 60 });
/** Texts with a special meaning in the format, and texts that are frequent in Cognito's tokens. */
const words = fc.constantFrom(
  ...['~', '~ ', '`', '``', '`0', "'", '"', '\\', '\n', ' ', '\ufeff', '\ud83c', '\udf89', '🎉'],
  ...['"token_use":"access"', 'cognito:groups', 'openid', '34c84488-e0e1-70ae-d2ee-991ad1a898c8'],
  ...['34C84488-e0e1-70ae-d2ee-991ad1a898c8', '0'.repeat(40), 'https:\\/\\/', 'a'.repeat(200)],
);
const texts = fc
  .array(fc.oneof(words, text, fc.uuid()), { maxLength: 20 })
  .map((parts) => parts.join(''));

const encode = (part: string | Uint8Array) => Buffer.from(part).toString('base64url');
const json = fc.json({ maxDepth: 3 });
const segments = fc.oneof(
  texts.map(encode),
  json.map(encode),
  bytes.map(encode),
  fc.constantFrom('', '=', 'e30', 'e30=', 'eyJhIjoxfR', 'a', '+/', '_w'),
  text,
);
const tokens = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(json.map(encode), texts.map(encode), bytes.map(encode)) },
  { weight: 2, arbitrary: fc.array(segments, { minLength: 3, maxLength: 3 }) },
  { weight: 2, arbitrary: fc.array(segments, { minLength: 5, maxLength: 5 }) },
  { weight: 1, arbitrary: fc.array(segments, { maxLength: 7 }) },
);
const token = tokens.map((parts) => parts.join('.'));
const sets = fc.record({ idToken: token, accessToken: token, refreshToken: token });

describe('whatever a user pool issues as a token', () => {
  test('all three tokens come back from the cookie unchanged', () => {
    fc.assert(
      fc.property(sets, (set) => {
        const packed: unknown = JSON.parse(JSON.stringify(pack(set)));
        expect(isPacked(packed) && unpack(packed)).toEqual(set);
      }),
      budget(200),
    );
  });

  test('compressed text comes back unchanged', () => {
    fc.assert(
      fc.property(texts, (original) => {
        expect(expand(compress(original))).toBe(original);
      }),
      budget(200),
    );
  });

  test('text comes back unchanged, with its UUIDs', () => {
    fc.assert(
      fc.property(texts, (original) => {
        const { text: rest, uuids } = takeUuids(original);
        expect(restoreUuids(rest, uuids)).toBe(original);
      }),
      budget(200),
    );
  });

  test('bytes come back unchanged', () => {
    fc.assert(
      fc.property(bytes, (original) => {
        expect(textToBytes(bytesToText(original))).toEqual(original);
      }),
      budget(200),
    );
  });
});

test('a value that was not packed here is refused or gives three texts, and never throws', () => {
  const odd = fc.oneof(
    fc.array(fc.oneof(texts, text), { maxLength: 5 }),
    fc.jsonValue({ maxDepth: 2 }),
  );
  fc.assert(
    fc.property(odd, (value) => {
      const unpacked = isPacked(value) ? unpack(value) : null;
      const members = Object.values(unpacked ?? { none: '' });
      for (const member of members) expect(typeof member).toBe('string');
    }),
    budget(200),
  );
});
