/** Crockford's base 32, for what is read out on the phone: no I, L, O or U. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Names one request to its visitor and in the log: 40 random bits as 8 characters. */
export function newReference(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return Array.from(bytes, (byte) => LETTERS.charAt(byte % LETTERS.length)).join('');
}

/**
 * The reference that the middleware has given to a request. If a request ever gets past the middleware, the
 * header is the client's; even then no other text gets into the log.
 *
 * @param headers of the request
 */
export function referenceOf(headers: Pick<Headers, 'get'>): string | undefined {
  const value = headers.get('x-reference') ?? '';
  return /^[0-9A-HJKMNP-TV-Z]{8}$/.test(value) ? value : undefined;
}
