import { describe, expect, test } from 'vitest';
import { bytesToText, textToBytes } from '@/lib/cognito/packing/bytes-as-text';
import { compress, expand } from '@/lib/cognito/packing/compress';
import { isPacked, pack, unpack } from '@/lib/cognito/packing/pack';
import { mintTokens } from './support';

describe('compressed text comes back exactly', () => {
  test.each([
    '',
    'a',
    '~',
    '~~~~ ~!~',
    `it's "quoted"`,
    'a'.repeat(10_000),
    'Grüße, 世界 🎉'.repeat(50),
    '{"token_use":"access","version":2}',
    '\u0000\n\\',
  ])('%j', (text) => {
    expect(expand(compress(text))).toBe(text);
  });

  test('for 500 random texts', () => {
    let seed = 42;
    const random = (limit: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % limit;
    };
    const alphabet = ['"', "'", '~', ' ', '\\', '/', 'a', 'b', 'sub', '"iss":"', 'é', '🎉', '\n'];
    for (let round = 0; round < 500; round++) {
      const parts = Array.from({ length: random(400) }, () => alphabet[random(alphabet.length)]);
      const text = parts.join('');
      expect(expand(compress(text))).toBe(text);
    }
  });
});

test.each(['~', '~!', '~!!', '~~~~', '~zz\u0000', '~#$#'])(
  '%j does not expand to a long text',
  (text) => {
    const expanded = expand(text);
    expect(expanded === null || expanded.length < 200).toBe(true);
  },
);

test('a truncated copy does not expand', () => {
  const compressed = compress('"token_use":"access"');
  expect(compressed).toMatch(/^~.{3}/);
  for (let end = 1; end < 4; end++) expect(expand(compressed.slice(0, end))).toBeNull();
});

describe('packed tokens come back exactly', () => {
  test.each<[string, object]>([
    ['of a typical user', {}],
    ['with odd characters in a claim', { name: `~ "it's" \\ / é 世界 🎉 \u2028` }],
    ['with a long custom attribute', { 'custom:x': 'x~'.repeat(1000) }],
  ])('%s', async (_, id) => {
    const tokens = await mintTokens({ id });
    const packed = pack(tokens);
    expect(unpack(packed)).toEqual(tokens);
    expect(packed.length).toBe(2);
    expect(JSON.stringify(packed).length).toBeLessThan(JSON.stringify(tokens).length);
  });

  test.each([
    ['no JWT', 'garbage'],
    ['base64url with bits left over', 'eyJhIjoxfR.eyJhIjoxfR.c2ln'],
    ['four parts', 'e30.e30.c2ln.c2ln'],
    ['bytes that are no text', '_w.e30.c2ln'],
    ['a line break in its claims', `${btoa('{}\n{}')}.e30.c2ln`],
    ['an empty text', ''],
  ])('%s', async (_, idToken) => {
    const tokens = { ...(await mintTokens()), idToken };
    expect(unpack(pack(tokens))).toEqual(tokens);
  });

  test.each(['an opaque one', '', 'a.b', 'e30.e30.e30.e30.e30', 'e30.=.e30.e30.e30', 'e30....'])(
    'with the refresh token %j, and the others are packed',
    async (refreshToken) => {
      const tokens = { ...(await mintTokens()), refreshToken };
      const packed = pack(tokens);
      expect(unpack(packed)).toEqual(tokens);
      expect(packed.length).toBeLessThan(4);
    },
  );

  test('with many UUIDs, repeated ones, and backticks', async () => {
    const uuids = Array.from({ length: 50 }, () => crypto.randomUUID());
    const claim = { uuids: [...uuids, ...uuids], odd: '``0`1 `' };
    const tokens = await mintTokens({ id: claim, access: claim });
    expect(unpack(pack(tokens))).toEqual(tokens);
  });
});

test('only the output of `pack` is accepted', () => {
  for (const value of [null, undefined, 'text', [], ['a'], ['a', 'b', 'c', 'd'], ['a', 1], {}]) {
    expect(isPacked(value)).toBe(false);
  }
  for (const bytes of ['', 'a', 'ab cd', '"', 'zz zz zz zz zz zz zz', '!! '.repeat(8)]) {
    expect(unpack(['~', bytes])).toBeNull();
    expect(unpack(['one text', bytes])).toBeNull();
    expect(unpack(['one text', bytes, 'c'])).toBeNull();
  }
});

test('more parts than three tokens have are refused', async () => {
  const packed = pack(await mintTokens());
  const [texts = '', bytes = ''] = packed;
  expect(unpack(packed)).not.toBeNull();
  expect(unpack([texts, `${bytes} !!`])).toBeNull();
  expect(unpack([`${texts}\nmore`, bytes])).toBeNull();
});

describe('bytes as text', () => {
  test('come back exactly, for any number of bytes, and JSON escapes none', () => {
    for (let length = 0; length < 300; length++) {
      const bytes = crypto.getRandomValues(new Uint8Array(length));
      const text = bytesToText(bytes);
      expect(textToBytes(text)).toEqual(bytes);
      expect(JSON.stringify(text).length).toBe(text.length + 2);
      expect(text).not.toContain(' ');
      expect(text.length).toBeLessThanOrEqual(Math.ceil((length * 16) / 13) + 1);
    }
  });

  test('are refused if malformed', () => {
    for (const text of ['"', '\\\\', 'a b', '~~', 'é', '~']) expect(textToBytes(text)).toBeNull();
  });
});
