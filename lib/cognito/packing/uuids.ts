/**
 * A UUID takes 36 characters for 16 bytes, and a Cognito token contains about six. This module
 * replaces each one with a backtick and a digit. A backtick in the text itself becomes two.
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
 * @returns the text with placeholders, and the bytes of the UUIDs, concatenated
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
 * @param text the text with placeholders
 * @param uuids the bytes of the UUIDs, concatenated
 * @returns the original text; if a UUID is missing, text that is not a valid token
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
