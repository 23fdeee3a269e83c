/**
 * Encodes bytes as text for a JSON string: two characters for 13 bits, where base64 needs two for
 * 12. The alphabet has all characters that JSON writes as one byte, except the space, which callers
 * can use as a separator.
 */
const ALPHABET = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index))
  .filter((character) => character !== '"' && character !== '\\')
  .join('');
const BASE = ALPHABET.length;
/** The value of each character, by character code: NONE for characters outside the alphabet. */
const NONE = 255;
const VALUES = new Uint8Array(128).fill(NONE);
for (let value = 0; value < BASE; value++) VALUES[ALPHABET.charCodeAt(value)] = value;
/** How many bits a pair of characters encodes, and how many a single last character. */
const BITS = 13;
const LAST_BITS = 6;

/**
 * Encodes bytes as text.
 *
 * @param bytes any number of bytes
 */
export function bytesToText(bytes: Uint8Array): string {
  let text = '';
  let held = 0;
  let bits = 0;
  const pair = (value: number) =>
    ALPHABET.charAt(Math.floor(value / BASE)) + ALPHABET.charAt(value % BASE);
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    if (bits < BITS) continue;
    bits -= BITS;
    text += pair(held >> bits);
    held &= (1 << bits) - 1;
  }
  if (bits === 0) return text;
  if (bits > LAST_BITS) return text + pair(held << (BITS - bits));
  return text + ALPHABET.charAt(held << (LAST_BITS - bits));
}

/**
 * Decodes text from `bytesToText`.
 *
 * @param text from an unsealed cookie
 * @returns the bytes, or null if the text is malformed
 */
export function textToBytes(text: string): Uint8Array | null {
  const pairs = Math.floor(text.length / 2);
  const single = text.length % 2;
  const size = Math.floor((pairs * BITS + single * LAST_BITS) / 8);
  // In Next's Edge sandbox `Uint8Array` is a proxy, and V8 can't optimize code that uses its arrays.
  // `subarray` makes an ordinary one.
  const bytes = new Uint8Array(size).subarray();
  let at = 0;
  let held = 0;
  let bits = 0;
  for (let from = 0; from < text.length; from += 2) {
    const isPair = from + 1 < text.length;
    const width = isPair ? BITS : LAST_BITS;
    const first = VALUES[text.charCodeAt(from)] ?? NONE;
    const second = isPair ? (VALUES[text.charCodeAt(from + 1)] ?? NONE) : 0;
    const value = isPair ? first * BASE + second : first;
    if (first === NONE || second === NONE || value >= 1 << width) return null;
    held = (held << width) | value;
    bits += width;
    while (bits >= 8) {
      bits -= 8;
      bytes[at++] = held >> bits;
      held &= (1 << bits) - 1;
    }
  }
  return bytes;
}
