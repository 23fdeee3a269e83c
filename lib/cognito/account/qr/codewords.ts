/**
 * Encodes bytes as the codewords of a QR code: byte mode, padding, error correction, interleaving
 * (ISO/IEC 18004, sections 7.4 to 7.6).
 *
 * @param bytes that fit into the version
 * @param version from `versionFor`
 */
export function codewords(bytes: Uint8Array, version: Version): readonly number[] {
  const blocks = split(dataCodewords(bytes, version), version.blocks);
  const corrections = blocks.map((block) => errorCorrection(block, version.correction));
  return [...interleaved(blocks), ...interleaved(corrections)];
}

function dataCodewords(bytes: Uint8Array, { number, data }: Version): readonly number[] {
  const BYTE_MODE = '0100';
  const length = bits(bytes.length, lengthBits(number));
  const content = [...bytes].map((byte) => bits(byte, 8)).join('');
  const terminated = `${BYTE_MODE}${length}${content}0000`.slice(0, 8 * data);
  const full = terminated.padEnd(8 * Math.ceil(terminated.length / 8), '0');
  const used = (full.match(/.{8}/g) ?? []).map((octet) => Number.parseInt(octet, 2));
  const padding = Array.from({ length: data - used.length }, (_, i) => (i % 2 === 0 ? 0xec : 0x11));
  return [...used, ...padding];
}

function bits(value: number, length: number): string {
  return value.toString(2).padStart(length, '0');
}

/** The last blocks are one codeword longer if the codewords can't be divided equally. */
function split(data: readonly number[], count: number): readonly (readonly number[])[] {
  const short = Math.floor(data.length / count);
  const shortBlocks = count - (data.length % count);
  const start = (block: number) => block * short + Math.max(0, block - shortBlocks);
  return Array.from({ length: count }, (_, block) => data.slice(start(block), start(block + 1)));
}

/** The first codeword of each block, the second of each block, and so on. */
function interleaved(blocks: readonly (readonly number[])[]): readonly number[] {
  const longest = Math.max(...blocks.map((block) => block.length));
  return Array.from({ length: longest }, (_, at) => blocks.flatMap((b) => b[at] ?? [])).flat();
}

/**
 * Error correction codewords: the remainder of a polynomial division over GF(2^8) with the modulus
 * x^8 + x^4 + x^3 + x^2 + 1 (ISO/IEC 18004, section 7.5).
 *
 * @param data the data codewords of a block, 0 to 255
 * @param count how many codewords to return
 */
export function errorCorrection(data: readonly number[], count: number): readonly number[] {
  const divisor = divisorOf(count);
  return data.reduce<readonly number[]>((remainder, codeword) => {
    const [first = 0, ...rest] = remainder;
    const factor = codeword ^ first;
    return [...rest, 0].map((term, index) => term ^ product(divisor[index] ?? 0, factor));
  }, new Array<number>(count).fill(0));
}

/** (x - 2^0)(x - 2^1)…(x - 2^(count-1)), highest power first, without the leading 1. */
function divisorOf(count: number): readonly number[] {
  let divisor = [1];
  let root = 1;
  for (let index = 0; index < count; index += 1) {
    const shifted = [...divisor, 0];
    divisor = shifted.map((term, at) => term ^ product(divisor[at - 1] ?? 0, root));
    root = product(root, 2);
  }
  return divisor.slice(1);
}

function product(a: number, b: number): number {
  let result = 0;
  for (let bit = 7; bit >= 0; bit -= 1) {
    result = (result << 1) ^ ((result >>> 7) * 0x11d);
    result ^= ((b >>> bit) & 1) * a;
  }
  return result;
}

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
function lengthBits(version: number): number {
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
