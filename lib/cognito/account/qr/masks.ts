/** A finished QR code without its quiet zone: true is dark. Rows first. */
export type QrMatrix = readonly (readonly boolean[])[];

/** Which modules each mask inverts (ISO/IEC 18004, section 7.8.2). */
export const MASKS: readonly ((row: number, column: number) => boolean)[] = [
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
