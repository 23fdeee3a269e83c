/** Crockford's base 32, which is easy to read out on the phone: no I, L, O or U. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * Creates the reference that an error page and its log line share: 8 characters, 40 random bits.
 */
export function newReference(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return Array.from(bytes, (byte) => LETTERS.charAt(byte % LETTERS.length)).join('');
}

/**
 * Returns the reference that the middleware gave a request. If a request bypasses the middleware,
 * the client controls the header; even then, only text in the form of a reference gets into the
 * log.
 *
 * @param headers the request's headers
 * @returns the reference; undefined if the header is missing or malformed
 */
export function referenceOf(headers: Pick<Headers, 'get'>): string | undefined {
  const value = headers.get('x-reference') ?? '';
  return /^[0-9A-HJKMNP-TV-Z]{8}$/.test(value) ? value : undefined;
}
