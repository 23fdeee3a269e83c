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
