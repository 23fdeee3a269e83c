/** QR codes, read by another project's reader and compared with its own. */
import * as fc from 'fast-check';
import encodeQR from 'qr';
import decodeQR from 'qr/decode.js';
import { describe, expect, test } from 'vitest';
import { formatBits } from '@/lib/cognito/account/qr/patterns';
import { type QrMatrix, QUIET_ZONE, qrCode } from '@/lib/cognito/account/qr-code';
import { otpauthUri } from '@/lib/cognito/account/totp';
import { budget } from './budget';

/** The longest text of each version from 1 to 20, in bytes: ISO/IEC 18004, table 7, level M. */
const LONGEST = [
  14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666,
];
const ascii = (length: number) =>
  Array.from({ length }, (_, at) => String.fromCharCode(97 + ((at * 7 + length) % 26))).join('');

test.each(LONGEST.map((length, index) => [index + 1, length]))(
  'version %i holds %i bytes, and is the same as another encoder draws',
  (version, length) => {
    const code = drawn(ascii(length));
    expect(code.length).toBe(17 + 4 * version);
    expect(drawn(ascii(length + 1), version === 20).length).not.toBe(code.length);
    expect(code).toEqual(reference(ascii(length), maskOf(code)));
  },
);

describe('a phone reads', () => {
  test('every address of an authenticator app, whatever the names of the site and the user', () => {
    const name = fc.string({ unit: 'binary', minLength: 1, maxLength: 20 });
    const secret = fc.stringMatching(/^[A-Z2-7]{16,64}$/);
    const key = fc.record({ issuer: name, label: name, secret });
    const property = fc.property(key, (fields) => {
      const uri = otpauthUri(fields);
      const code = qrCode(uri);
      if (code) expect(read(code)).toBe(uri);
      else expect(uri.length).toBeGreaterThan(666);
    });
    fc.assert(property, budget(25));
  });

  test('texts of any script', () => {
    const property = fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
      const code = drawn(`otpauth: ${text}`);
      expect(read(code)).toBe(`otpauth: ${text}`);
    });
    fc.assert(property, budget(15));
  });
});

function drawn(text: string, mayBeTooLong = false): QrMatrix {
  const code = qrCode(text);
  if (!code && !mayBeTooLong) throw new Error('The text is too long for a QR code.');
  return code ?? [];
}

/** Draws the same text with the other project's encoder. */
function reference(text: string, mask: number): boolean[][] {
  const options = { ecc: 'medium', encoding: 'byte', mask, border: 1 } as const;
  const code = encodeQR(text, 'raw', options);
  return code.slice(1, -1).map((modules) => modules.slice(1, -1));
}

/** Reads the number of the mask from the format bits, as a reader does. */
function maskOf(code: QrMatrix): number {
  const column = [0, 1, 2, 3, 4, 5, 7, 8].map((row) => (code[row]?.[8] ? 1 : 0));
  const low = column.reduce<number>((bits, module, at) => bits | (module << at), 0);
  return [0, 1, 2, 3, 4, 5, 6, 7].findIndex((mask) => (formatBits(mask) & 0xff) === low);
}

/** Reads a picture of a code, 4 pixels for each module. */
function read(code: QrMatrix): string {
  const scale = 4;
  const side = (code.length + 2 * QUIET_ZONE) * scale;
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  code.forEach((modules, row) => {
    modules.forEach((dark, column) => {
      if (!dark) return;
      for (let pixel = 0; pixel < scale * scale; pixel += 1) {
        const y = (row + QUIET_ZONE) * scale + Math.floor(pixel / scale);
        const x = (column + QUIET_ZONE) * scale + (pixel % scale);
        data.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3);
      }
    });
  });
  return decodeQR({ width: side, height: side, data }, { timeLimit: 5000 });
}
