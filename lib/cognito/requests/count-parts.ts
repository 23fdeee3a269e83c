/** What browsers, curl and HTTP libraries send. Parsers differ in anything else, so it is refused. */
const MULTIPART =
  /^multipart\/form-data; ?boundary=("?)([\w'()+,./:=? -]{1,70}?)\1(; ?charset=[\w-]+)?$/i;

/** Whether a parser could take a body of this type for a multipart form. */
export function isMultipart(type: string): boolean {
  return /multipart\/form-data/i.test(type);
}

/**
 * Checks a multipart form without parsing it. A parser spends up to 100 µs on each part, even on an
 * empty one of 60 bytes.
 *
 * @param type the `Content-Type`
 * @param body the whole body
 * @param most how many parts the form may have
 * @returns whether it has more; also true for an unusual `Content-Type`
 */
export function hasTooManyParts(type: string, body: Uint8Array, most: number): boolean {
  const boundary = MULTIPART.exec(type)?.[2];
  if (boundary === undefined) return true;
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  // A delimiter before each part, and one at the end (RFC 2046, section 5.1.1).
  const delimiter = `--${boundary}`;
  let at = -1;
  for (let left = most + 2; left > 0; left--) {
    at = bytes.indexOf(delimiter, at + 1);
    if (at < 0) return false;
  }
  return true;
}
