import type { IncomingMessage } from 'node:http';

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
 * @returns the body; undefined as soon as it is larger. Never settles if the client hangs up first
 */
export function collectBody(
  request: IncomingMessage,
  most: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  return new Promise((resolve) => {
    intercept(request, (chunk) => {
      length += chunk?.length ?? 0;
      if (length > most) resolve(undefined);
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
 * @returns when the body has ended, or the time is up
 */
export function dropBody(request: IncomingMessage, patience: number): Promise<void> {
  if (request.complete) return Promise.resolve();
  return new Promise((resolve) => {
    intercept(request, (chunk) => chunk || resolve());
    setTimeout(resolve, patience).unref();
  });
}

/** Node's parser calls `push` for each piece of a body, and with null at its end. */
function intercept(request: IncomingMessage, take: (chunk: Buffer | null) => void): void {
  request.push = (chunk: unknown) => {
    take(chunk instanceof Buffer ? chunk : null);
    return true;
  };
}
