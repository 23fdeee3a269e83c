import { errorCorrection } from './reed-solomon';
import { lengthBits, type Version } from './versions';

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
