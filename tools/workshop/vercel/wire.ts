import { type IncomingMessage, request } from 'node:http';

/** A response of an instance, read to its end. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

/**
 * Sends a request to an instance on this machine.
 *
 * @param port of the instance
 * @param asked method, path with query, headers and body
 */
export function ask(
  port: number,
  asked: { method: string; path: string; headers: Headers; body: Buffer },
): Promise<Reply> {
  const { method, path, headers, body } = asked;
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: '127.0.0.1',
        port,
        method,
        path,
        headers: Object.fromEntries(headers),
        agent: false,
        // A response of the middleware repeats the request's headers: Vercel's limits don't apply to it.
        maxHeaderSize: 131_072,
      },
      async (incoming) => {
        resolve({
          status: incoming.statusCode ?? 502,
          headers: headersOf(incoming),
          body: await readAll(incoming).catch(() => Buffer.alloc(0)),
        });
      },
    );
    outgoing.on('error', reject).end(body);
  });
}

/** The headers of a request or response, without those that concern only its connection. */
export function headersOf({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers();
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? '';
    if (!CONNECTION.test(name)) headers.append(name, rawHeaders[at + 1] ?? '');
  }
  return headers;
}

const CONNECTION = /^(connection|keep-alive|transfer-encoding|upgrade|content-length)$/i;

/** Reads a body to its end. */
export async function readAll(incoming: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return Buffer.concat(chunks);
}
