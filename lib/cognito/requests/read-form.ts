import { maxParts } from '../../body-limits';
import { bodyLimit } from './body-limit';

/** A form without files: a few fields. In bytes. */
const FORM_BYTES = 16_384;

/**
 * Reads a form without files (`application/x-www-form-urlencoded`). The fields of a multipart form
 * cost a thousand times more, so only `readUpload` reads them.
 *
 * @param request a POST request
 * @param maxBytes how large the form may be
 * @returns its fields, none if the body isn't such a form; undefined if it is too large
 */
export async function readForm(
  request: Request,
  maxBytes = FORM_BYTES,
): Promise<URLSearchParams | undefined> {
  const type = mediaType(request.headers.get('content-type'));
  if (type !== 'application/x-www-form-urlencoded') return new URLSearchParams();
  const body = await readBytes(request, maxBytes);
  return body && new URLSearchParams(new TextDecoder().decode(body));
}

/**
 * Reads a form with files (`multipart/form-data`).
 *
 * @param request a POST request; check who sent it first
 * @returns its fields and files; undefined if it isn't such a form, is larger than `lib/body-limits.js`
 *   allows for this path, or has too many parts
 */
export async function readUpload(request: Request): Promise<FormData | undefined> {
  const type = request.headers.get('content-type') ?? '';
  const body = await readBytes(request, bodyLimit(new URL(request.url).pathname));
  return body && !hasTooManyParts(type, body, maxParts) ? parseParts(type, body) : undefined;
}

/**
 * Parses a multipart form. Count its parts first.
 *
 * @param type the `Content-Type`
 * @param body the whole body
 * @returns its fields and files; undefined if it is malformed
 */
export function parseParts(
  type: string,
  body: Uint8Array<ArrayBuffer>,
): Promise<FormData | undefined> {
  const form = new Response(body, { headers: { 'content-type': type } });
  return form.formData().catch(() => undefined);
}

function mediaType(header: string | null): string {
  return (header?.split(';')[0] ?? '').trim().toLowerCase();
}

/** Stops at the limit: what follows is neither read nor kept. */
async function readBytes(
  { body }: Request,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  const reader = body?.getReader();
  for (let next = await reader?.read(); next?.value; next = await reader?.read()) {
    length += next.value.length;
    if (length > maxBytes) {
      await reader?.cancel();
      return undefined;
    }
    chunks.push(next.value);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

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
