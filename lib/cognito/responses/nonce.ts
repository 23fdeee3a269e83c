import { randomToken } from '../protocol/pkce';

/**
 * A new nonce. Every tag of a page has it, and the page may contain the query next to the user's data.
 * Its length hides from an observer which guess in the query made the page compress better
 * (BREACH, https://www.breachattack.com).
 */
export function newNonce(): string {
  return randomToken(16 + randomLength());
}

/** 0 to 127 bytes. */
function randomLength(): number {
  const [byte = 0] = crypto.getRandomValues(new Uint8Array(1));
  return byte >> 1;
}
