import { codewords, type Version, versionFor } from './qr/codewords';
import { drawPatterns, type Grid } from './qr/patterns';

/** The light border that scanners need, in modules (ISO/IEC 18004, section 6.3.8). */
export const QUIET_ZONE = 4;

/**
 * Encodes a text as a QR code with error correction level M, in the smallest version of 1 to 20
 * (ISO/IEC 18004).
 *
 * @param text any text; it is encoded as UTF-8
 * @returns the modules; undefined for more than 666 bytes. Show the text itself then
 */
export function qrCode(text: string): QrMatrix | undefined {
  const bytes = new TextEncoder().encode(text);
  const version = versionFor(bytes.length);
  if (!version) return undefined;
  const data = codewords(bytes, version);
  const candidates = MASKS.map((_, mask) => drawn(version, data, mask));
  const points = candidates.map(penalty);
  return candidates[points.indexOf(Math.min(...points))];
}

/**
 * Draws a QR code as the `d` of an SVG `<path>`, inside its quiet zone. The `viewBox` is
 * `0 0 side side`. Draw it in black on white in dark themes, too: many scanners need that.
 *
 * @param matrix from `qrCode`
 * @returns the path, and the side of the picture with its quiet zone, in modules
 */
export function qrPath(matrix: QrMatrix): { path: string; side: number } {
  const path = matrix.flatMap((modules, row) => {
    const line = modules.map((dark) => (dark ? '1' : '0')).join('');
    return [...line.matchAll(/1+/g)].map(
      ({ 0: run, index }) =>
        `M${index + QUIET_ZONE} ${row + QUIET_ZONE}h${run.length}v1h-${run.length}z`,
    );
  });
  return { path: path.join(''), side: matrix.length + 2 * QUIET_ZONE };
}

function drawn(version: Version, data: readonly number[], mask: number): QrMatrix {
  const grid = drawPatterns(version, mask);
  const inverts = MASKS[mask] ?? (() => false);
  let index = 0;
  for (const [row, column] of freeModules(grid)) {
    const codeword = data[index >> 3] ?? 0; // The last few modules have no data.
    const bit = (codeword >>> (7 - (index & 7))) & 1;
    const line = grid[row];
    if (line) line[column] = (bit === 1) !== inverts(row, column);
    index += 1;
  }
  return grid.map((line) => line.map((dark) => dark === true));
}

/** In the order of the data: two columns at a time from the right, up and down in turn (7.7.3). */
function freeModules(grid: Grid): readonly (readonly [number, number])[] {
  const size = grid.length;
  // The vertical timing pattern in column 6 is left out.
  const pairs = Array.from({ length: (size - 1) / 2 }, (_, pair) => {
    const right = size - 1 - 2 * pair;
    return right <= 6 ? right - 1 : right;
  });
  return pairs.flatMap((right, pair) => {
    const down = Array.from({ length: size }, (_, row) => row);
    const rows = pair % 2 === 0 ? down.reverse() : down;
    return rows.flatMap((row) =>
      [right, right - 1]
        .filter((column) => grid[row]?.[column] === undefined)
        .map((column) => [row, column] as const),
    );
  });
}

/** A finished QR code without its quiet zone: true is dark. Rows first. */
export type QrMatrix = readonly (readonly boolean[])[];

/** Which modules each mask inverts (ISO/IEC 18004, section 7.8.2). */
const MASKS: readonly ((row: number, column: number) => boolean)[] = [
  (row, column) => (row + column) % 2 === 0,
  (row) => row % 2 === 0,
  (_, column) => column % 3 === 0,
  (row, column) => (row + column) % 3 === 0,
  (row, column) => (Math.floor(row / 2) + Math.floor(column / 3)) % 2 === 0,
  (row, column) => ((row * column) % 2) + ((row * column) % 3) === 0,
  (row, column) => (((row * column) % 2) + ((row * column) % 3)) % 2 === 0,
  (row, column) => (((row + column) % 2) + ((row * column) % 3)) % 2 === 0,
];

/**
 * Rates how hard a QR code is to scan: long runs, blocks, patterns like a finder's and an uneven
 * balance (section 7.8.3).
 *
 * @param matrix with a mask applied
 * @returns points; fewer are better
 */
export function penalty(matrix: QrMatrix): number {
  const rows = matrix.map(asText);
  const columns = matrix.map((_, at) => asText(matrix.map((row) => row[at] ?? false)));
  const lines = [...rows, ...columns];
  return sum(lines.map(runs)) + sum(lines.map(finders)) + blocks(rows) + balance(rows);
}

function asText(line: readonly boolean[]): string {
  return line.map((dark) => (dark ? '1' : '0')).join('');
}

/** 3 points for five modules of a color in a row, and one for each further module. */
function runs(line: string): number {
  return sum((line.match(/0{5,}|1{5,}/g) ?? []).map((run) => run.length - 2));
}

/** 40 points for a finder's pattern next to four light modules; patterns may overlap. */
function finders(line: string): number {
  return 40 * [...line.matchAll(/(?=00001011101|10111010000)/g)].length;
}

/** 3 points for each square of two by two. */
function blocks(rows: readonly string[]): number {
  const points = rows.slice(1).map((row, index) => {
    const above = rows[index] ?? '';
    const squares = [...row].filter((module, at) => {
      if (at === 0) return false;
      return [row[at - 1], above[at], above[at - 1]].every((other) => other === module);
    });
    return 3 * squares.length;
  });
  return sum(points);
}

/** 10 points for each full 5 % that the dark modules are away from a half. */
function balance(rows: readonly string[]): number {
  const dark = sum(rows.map((row) => row.replaceAll('0', '').length));
  return 10 * Math.floor(Math.abs((dark * 20) / rows.length ** 2 - 10));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
