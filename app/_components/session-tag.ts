/** Enough to distinguish the few users who share a browser. */
const CHARACTERS = 8;

/**
 * A tag that identifies the user to other tabs without disclosing who they are.
 *
 * @param sub the claim: 122 random bits, so it can't be guessed from the tag
 * @returns the start of its SHA-256, in hexadecimal
 */
export async function sessionTag(sub: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(sub));
  const hex = Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0'));
  return hex.join('').slice(0, CHARACTERS);
}
