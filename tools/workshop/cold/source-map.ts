/** The parts of a source map that are read here (ECMA-426). */
export interface SourceMap {
  readonly sources: readonly (string | null)[];
  readonly mappings: string;
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/**
 * Adds up how much of a generated file comes from each of its sources.
 *
 * @param code the generated file
 * @param map its source map
 * @returns characters by source; the empty name stands for the bundler's own code
 */
export function sizesBySource(code: string, { sources, mappings }: SourceMap): Map<string, number> {
  const sizes = new Map<string, number>();
  const add = (source: number | undefined, count: number) => {
    const name = source === undefined ? '' : decodeURIComponent(sources[source] ?? '');
    if (count > 0) sizes.set(name, (sizes.get(name) ?? 0) + count);
  };
  // The index of the source continues from line to line; the column starts again.
  let source = 0;
  const lines = mappings.split(';');
  for (const [index, text] of code.split('\n').entries()) {
    let column = 0;
    let from: number | undefined;
    for (const segment of (lines[index] ?? '').split(',').filter((one) => one !== '')) {
      const [step = 0, change] = numbersOf(segment);
      add(from, step);
      column += step;
      if (change !== undefined) source += change;
      from = change === undefined ? undefined : source;
    }
    add(from, text.length - column);
  }
  return sizes;
}

/** The numbers of a segment, as variable-length quantities in base64. */
function numbersOf(segment: string): number[] {
  const numbers: number[] = [];
  let value = 0;
  let shift = 0;
  for (const character of segment) {
    const digit = DIGITS.indexOf(character);
    value += (digit & 31) << shift;
    shift += 5;
    if (digit & 32) continue;
    numbers.push(value & 1 ? -(value >> 1) : value >> 1);
    value = 0;
    shift = 0;
  }
  return numbers;
}
