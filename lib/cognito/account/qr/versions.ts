/**
 * Sizes of QR codes with error correction level M, which can lose 15 % of its area: ISO/IEC 18004,
 * tables 1 and 9. Larger codes than version 20 are hard to scan from a screen.
 */
export interface Version {
  readonly number: number;
  /** Of a side, in modules. */
  readonly size: number;
  readonly blocks: number;
  /** Error correction codewords of each block. */
  readonly correction: number;
  /** Data codewords of all blocks together. */
  readonly data: number;
}

/** For versions 1 to 20: how many blocks, and how many error correction codewords in each. */
const BLOCKS = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16];
const CORRECTION = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26];

const VERSIONS: readonly Version[] = BLOCKS.map((blocks, index) => {
  const number = index + 1;
  const correction = CORRECTION[index] ?? 0;
  const data = codewordsIn(number) - blocks * correction;
  return { number, size: 17 + 4 * number, blocks, correction, data };
});

/**
 * Finds the smallest version for a text.
 *
 * @param length of the text, in bytes
 * @returns undefined if no version is large enough
 */
export function versionFor(length: number): Version | undefined {
  return VERSIONS.find(({ number, data }) => 4 + lengthBits(number) + 8 * length <= 8 * data);
}

/** How many bits the length of a text in byte mode has. */
export function lengthBits(version: number): number {
  return version < 10 ? 8 : 16;
}

/** The centers of the alignment patterns, in both directions. */
export function alignments(version: number): readonly number[] {
  const count = alignmentCount(version);
  if (count === 0) return [];
  const step = Math.ceil((version * 4 + 4) / (count * 2 - 2)) * 2;
  const last = 4 * version + 10;
  const others = Array.from({ length: count - 1 }, (_, index) => last - index * step);
  return [6, ...others.reverse()];
}

function alignmentCount(version: number): number {
  return version === 1 ? 0 : Math.floor(version / 7) + 2;
}

/** The modules that no pattern takes, in bytes. */
function codewordsIn(version: number): number {
  const size = 17 + 4 * version;
  const count = alignmentCount(version);
  // Three finder patterns with separators, format bits and the dark module, two timing patterns.
  let taken = 3 * 64 + 31 + 2 * (size - 16);
  // All crossings but the three finder patterns; those on a timing pattern share five modules.
  if (count > 0) taken += 25 * (count * count - 3) - 5 * 2 * (count - 2);
  if (version >= 7) taken += 2 * 18;
  return Math.floor((size * size - taken) / 8);
}
