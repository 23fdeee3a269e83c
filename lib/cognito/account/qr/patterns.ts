import { alignments, type Version } from './codewords';

/** A square of modules: true is dark, undefined is free for data. Rows first. */
export type Grid = (boolean | undefined)[][];

/**
 * Draws everything but the data: finder, alignment and timing patterns, version and format bits
 * (ISO/IEC 18004, section 6.3).
 *
 * @param version of the QR code
 * @param mask 0 to 7, which the format bits name
 */
export function drawPatterns({ number, size }: Version, mask: number): Grid {
  const grid: Grid = Array.from({ length: size }, () => new Array(size).fill(undefined));
  for (let at = 0; at < size; at += 1) {
    set(grid, 6, at, at % 2 === 0);
    set(grid, at, 6, at % 2 === 0);
  }
  drawAlignments(grid, alignments(number));
  drawFinder(grid, 3, 3);
  drawFinder(grid, 3, size - 4);
  drawFinder(grid, size - 4, 3);
  drawFormat(grid, formatBits(mask));
  if (number >= 7) drawVersion(grid, versionBits(number));
  return grid;
}

/**
 * The format bits of error correction level M, whose indicator is 00 (section 7.9).
 *
 * @param mask 0 to 7
 */
export function formatBits(mask: number): number {
  return withRemainder(mask, 10, 0x537) ^ 0x5412;
}

/**
 * The version bits, for version 7 and higher (section 7.10).
 *
 * @param version its number
 */
export function versionBits(version: number): number {
  return withRemainder(version, 12, 0x1f25);
}

/** Appends the remainder of a division by a BCH code's polynomial. */
function withRemainder(data: number, length: number, polynomial: number): number {
  let remainder = data;
  for (let bit = 0; bit < length; bit += 1) {
    remainder = (remainder << 1) ^ ((remainder >>> (length - 1)) * polynomial);
  }
  return (data << length) | remainder;
}

/** Sets a module, unless it is outside. */
function set(grid: Grid, row: number, column: number, dark: boolean): void {
  const line = grid[row];
  if (line && column >= 0 && column < line.length) line[column] = dark;
}

/** Draws concentric squares: all modules whose distance from the center is at most `reach`. */
function drawSquares(
  grid: Grid,
  row: number,
  column: number,
  reach: number,
  isDark: (distance: number) => boolean,
): void {
  for (let down = -reach; down <= reach; down += 1) {
    for (let right = -reach; right <= reach; right += 1) {
      const distance = Math.max(Math.abs(down), Math.abs(right));
      set(grid, row + down, column + right, isDark(distance));
    }
  }
}

/** With its separator, the light ring around it. */
function drawFinder(grid: Grid, row: number, column: number): void {
  drawSquares(grid, row, column, 4, (distance) => distance !== 2 && distance !== 4);
}

function drawAlignments(grid: Grid, centers: readonly number[]): void {
  const last = centers.at(-1);
  for (const row of centers) {
    for (const column of centers) {
      const atFinder =
        (row === 6 && (column === 6 || column === last)) || (row === last && column === 6);
      if (!atFinder) drawSquares(grid, row, column, 2, (distance) => distance !== 1);
    }
  }
}

/** Twice, once at the first finder pattern and once divided between the other two. */
function drawFormat(grid: Grid, bits: number): void {
  const size = grid.length;
  for (let bit = 0; bit < 15; bit += 1) {
    const dark = ((bits >>> bit) & 1) === 1;
    // Row and column 6 are the timing patterns.
    const first = bit < 6 ? bit : bit < 8 ? bit + 1 : 8;
    const second = bit < 8 ? 8 : bit === 8 ? 7 : 14 - bit;
    set(grid, first, second, dark);
    if (bit < 8) set(grid, 8, size - 1 - bit, dark);
    else set(grid, size - 15 + bit, 8, dark);
  }
  set(grid, size - 8, 8, true);
}

function drawVersion(grid: Grid, bits: number): void {
  for (let bit = 0; bit < 18; bit += 1) {
    const dark = ((bits >>> bit) & 1) === 1;
    const far = grid.length - 11 + (bit % 3);
    const near = Math.floor(bit / 3);
    set(grid, far, near, dark);
    set(grid, near, far, dark);
  }
}
