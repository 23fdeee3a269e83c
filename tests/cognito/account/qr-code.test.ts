import { describe, expect, test } from 'vitest';
import { alignments, errorCorrection } from '@/lib/cognito/account/qr/codewords';
import { formatBits, versionBits } from '@/lib/cognito/account/qr/patterns';
import { penalty, type QrMatrix, QUIET_ZONE, qrCode, qrPath } from '@/lib/cognito/account/qr-code';

const drawing = (matrix: QrMatrix | undefined) =>
  matrix?.map((row) => row.map((dark) => (dark ? '#' : '.')).join(''));
const matrixOf = (rows: readonly string[]): QrMatrix =>
  rows.map((row) => [...row].map((module) => module === '#'));

describe('a QR code', () => {
  test('is the known one for a known text', () => {
    expect(drawing(qrCode('Hello'))).toEqual([
      '#######..####.#######',
      '#.....#.....#.#.....#',
      '#.###.#.#.#.#.#.###.#',
      '#.###.#.#.#...#.###.#',
      '#.###.#.##..#.#.###.#',
      '#.....#.##.#..#.....#',
      '#######.#.#.#.#######',
      '........#.#..........',
      '#.#####..#.#..#####..',
      '...#....#..####..##.#',
      '..#####..##.#.##.###.',
      '..#..#.##.#####..##..',
      '.###..#####.#..#....#',
      '........#...#..#.#...',
      '#######..#.#.#..#.##.',
      '#.....#.#.#....#####.',
      '#.###.#.#..#.#..#..#.',
      '#.###.#.##.#####.#...',
      '#.###.#.##..#.##..#..',
      '#.....#..#.####.###..',
      '#######.##..#...#..#.',
    ]);
  });

  test('has three finder patterns, timing patterns and the dark module, at every size', () => {
    for (const length of [1, 40, 122, 213, 400, 666]) {
      const rows = drawing(qrCode('x'.repeat(length))) ?? [];
      const size = rows.length;
      const finder = ['#######', '#.....#', '#.###.#', '#.###.#', '#.###.#', '#.....#', '#######'];
      const part = (top: number, left: number) =>
        rows.slice(top, top + 7).map((row) => row.slice(left, left + 7));
      expect(part(0, 0)).toEqual(finder);
      expect(part(0, size - 7)).toEqual(finder);
      expect(part(size - 7, 0)).toEqual(finder);
      expect(rows[6]?.slice(7, -7)).toMatch(/^\.(#\.)+$/);
      expect(rows[size - 8]?.[8]).toBe('#');
    }
  });

  test('does not exist for a text that is too long to scan', () => {
    expect(qrCode('x'.repeat(667))).toBeUndefined();
    // 333 characters of two bytes each.
    expect(qrCode('é'.repeat(333))).toHaveLength(97);
    expect(qrCode('é'.repeat(334))).toBeUndefined();
  });

  test('exists for an empty text', () => {
    expect(qrCode('')).toHaveLength(21);
  });
});

test('the error correction is the one of the example in ISO/IEC 18004, annex I', () => {
  const data = [
    0x10,
    0x20,
    0x0c,
    0x56,
    0x61,
    0x80,
    ...[0xec, 0x11, 0xec, 0x11],
    ...[0xec, 0x11, 0xec, 0x11, 0xec, 0x11],
  ];
  expect(errorCorrection(data, 10)).toEqual([
    0xa5, 0x24, 0xd4, 0xc1, 0xed, 0x36, 0xc7, 0x87, 0x2c, 0x55,
  ]);
});

test('the format bits are those of ISO/IEC 18004, table C.1', () => {
  expect([0, 1, 2, 3, 4, 5, 6, 7].map(formatBits)).toEqual([
    0x5412, 0x5125, 0x5e7c, 0x5b4b, 0x45f9, 0x40ce, 0x4f97, 0x4aa0,
  ]);
});

test('the version bits are those of ISO/IEC 18004, table D.1', () => {
  expect([7, 8, 20].map(versionBits)).toEqual([0x07c94, 0x085bc, 0x149a6]);
});

test('the alignment patterns are where ISO/IEC 18004, annex E, has them', () => {
  expect([1, 2, 6, 7, 13, 14, 15, 16, 20].map(alignments)).toEqual([
    [],
    [6, 18],
    [6, 34],
    [6, 22, 38],
    [6, 34, 62],
    [6, 26, 46, 66],
    [6, 26, 48, 70],
    [6, 26, 50, 74],
    [6, 34, 62, 90],
  ]);
});

describe('a code is harder to scan', () => {
  const chess = (size: number) =>
    Array.from({ length: size }, (_, row) =>
      Array.from({ length: size }, (_, column) => ((row + column) % 2 === 0 ? '#' : '.')).join(''),
    );
  const withLine = (line: string) => [line, ...chess(line.length).slice(1)];

  test('not at all if it is a chessboard', () => {
    expect(penalty(matrixOf(chess(12)))).toBe(0);
  });

  test('with runs, squares, patterns like a finder and an uneven balance', () => {
    // Runs: 12 rows and 12 columns of 12. Squares: 11 by 11. Balance: 50 % off.
    expect(penalty(matrixOf(Array(12).fill('#'.repeat(12))))).toBe(24 * 10 + 121 * 3 + 100);
    // One pattern like a finder.
    expect(penalty(matrixOf(withLine('#.###.#....#')))).toBeGreaterThanOrEqual(40);
  });
});

test('the picture has the dark modules and the quiet zone, and nothing else', () => {
  expect(qrPath(matrixOf(['##.', '..#', '###']))).toEqual({
    path: 'M4 4h2v1h-2zM6 5h1v1h-1zM4 6h3v1h-3z',
    side: 3 + 2 * QUIET_ZONE,
  });
});
