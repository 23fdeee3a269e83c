import { codewords } from './qr/codewords';
import { MASKS, penalty, type QrMatrix } from './qr/masks';
import { drawPatterns, type Grid } from './qr/patterns';
import { type Version, versionFor } from './qr/versions';

export type { QrMatrix } from './qr/masks';

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
