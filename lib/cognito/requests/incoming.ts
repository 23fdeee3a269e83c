import type { IncomingMessage } from 'node:http';
import { type RequestKind, requestKind } from '../request-kind';

/**
 * The kind of a request that Next has not seen yet.
 *
 * @param request its method, target and headers
 */
export function kindOf({ method = 'GET', url = '/', headers }: Incoming): RequestKind {
  const given = new Headers();
  for (const [name, value] of Object.entries(headers)) given.set(name, String(value));
  return requestKind({ method, path: url.split('?')[0] ?? '/', headers: given });
}

type Incoming = Pick<IncomingMessage, 'method' | 'url' | 'headers'>;

/**
 * Parses JSON that anyone may have sent.
 *
 * @returns undefined if it isn't JSON
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A property of a value that Node publishes, and whose type it doesn't promise. */
export function memberOf(owner: unknown, name: string): unknown {
  return typeof owner === 'object' && owner !== null ? Reflect.get(owner, name) : undefined;
}

/** A body may arrive in this many pieces, and in more if they have `PIECE` bytes on average. */
const PIECES = 1000;
/** In bytes. Each piece costs 2 µs, however short: a megabyte in chunks of one byte costs seconds. */
const PIECE = 64;

/** Whether a request has a body (RFC 9112, section 6.3). */
export function hasBody({ headers }: IncomingMessage): boolean {
  return 'transfer-encoding' in headers || Number(headers['content-length'] ?? 0) > 0;
}

/**
 * Reads a whole body before Next does. Next keeps a body in memory, too, but cuts it off at its
 * limit, and starts to work on a request before it knows how long the body is.
 *
 * @param request no part of its body has been read
 * @param most in bytes
 * @returns the body; undefined as soon as it is larger, or arrives in crumbs. Never settles if the client hangs up first
 */
export function collectBody(
  request: IncomingMessage,
  most: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const chunks: Buffer[] = [];
  return new Promise((resolve) => {
    intercept(request, (chunk, { length, crumbs }) => {
      if (length > most || crumbs) resolve(undefined);
      else if (chunk) chunks.push(chunk);
      else resolve(Buffer.concat(chunks));
    });
  });
}

/**
 * Puts a body back, for the next reader of the request.
 *
 * @param request whose body was collected
 * @param body as it was collected
 */
export function restoreBody(request: IncomingMessage, body: Uint8Array): void {
  // Uncovers the method of the stream.
  Reflect.deleteProperty(request, 'push');
  request.push(body);
  request.push(null);
}

/**
 * Drops the rest of a body: a client that is still sending would not read a response if the
 * connection closed under it.
 *
 * @param request to drop
 * @param patience in milliseconds
 * @returns when the body has ended or arrives in crumbs, or the time is up
 */
export function dropBody(request: IncomingMessage, patience: number): Promise<void> {
  if (request.complete) return Promise.resolve();
  return new Promise((resolve) => {
    intercept(request, (chunk, { crumbs }) => {
      if (!chunk || crumbs) resolve();
    });
    setTimeout(resolve, patience).unref();
  });
}

/** What has arrived so far: its length in bytes, and whether in many pieces of a few bytes. */
interface Progress {
  readonly length: number;
  readonly crumbs: boolean;
}

/** Node's parser calls `push` for each piece of a body, and with null at its end. */
function intercept(
  request: IncomingMessage,
  take: (chunk: Buffer | null, progress: Progress) => void,
): void {
  let pieces = 0;
  let length = 0;
  request.push = (chunk: unknown) => {
    const piece = chunk instanceof Buffer ? chunk : null;
    pieces += piece ? 1 : 0;
    length += piece?.length ?? 0;
    take(piece, { length, crumbs: pieces > PIECES && length < pieces * PIECE });
    return true;
  };
}
