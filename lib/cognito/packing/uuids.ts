/**
 * UUIDs take 36 characters to say 16 bytes, and a Cognito token has half a dozen. Taken out of the
 * text, each is a backtick and a digit; a backtick of the text itself becomes two.
 */
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;
const BYTES = 16;
/** Each byte in hex. */
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz';

/**
 * Takes the UUIDs out of a text.
 *
 * @param text any text
 * @returns the text without them, and the bytes of each, one after the other
 */
export function takeUuids(text: string): { text: string; uuids: Uint8Array } {
  const taken: string[] = [];
  const rest = text.replace(new RegExp(`\`|${UUID.source}`, 'g'), (found) => {
    if (found === '`') return '``';
    if (!taken.includes(found)) {
      if (taken.length === DIGITS.length) return found;
      taken.push(found);
    }
    return `\`${DIGITS.charAt(taken.indexOf(found))}`;
  });
  const hex = taken.join('').replaceAll('-', '');
  const uuids = Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
  return { text: rest, uuids };
}

/**
 * Undoes `takeUuids`.
 *
 * @param text without its UUIDs
 * @param uuids the bytes of each
 * @returns the whole text; where one is missing, a text that is none of a token
 */
export function restoreUuids(text: string, uuids: Uint8Array): string {
  return text.replace(/`(.?)/g, (_, digit: string) => {
    if (digit === '`') return '`';
    const start = DIGITS.indexOf(digit) * BYTES;
    let hex = '';
    for (let at = start; at < start + BYTES; at++) hex += HEX[uuids[at] ?? -1] ?? '';
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  });
}
