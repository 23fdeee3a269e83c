/** Enough to tell the few people apart who use one browser. */
const CHARACTERS = 8;

/**
 * A name for a person that says nothing about them, for what one tab tells another.
 *
 * @param sub the claim: 122 random bits, so that nobody finds it from the tag
 * @returns the start of its SHA-256, in hexadecimal
 */
export async function sessionTag(sub: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(sub));
  const hex = Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0'));
  return hex.join('').slice(0, CHARACTERS);
}
