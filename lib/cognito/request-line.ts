import { subscribe } from 'node:diagnostics_channel';
import { IncomingMessage } from 'node:http';

/**
 * Mends what Next would answer by itself, so that every request comes to the middleware. For Node
 * servers; on Vercel no such request gets as far as a function.
 *
 * TRACE and the target `*` are valid HTTP and make Next throw: a 500 and a stack trace in the log,
 * for anybody who asks. Mended, the middleware refuses them. Slashes in a row, and a host named by
 * the absolute form (RFC 9112, section 3.2.2), get a redirect without any header of ours.
 */
export function mendRequestLines(): void {
  subscribe('http.server.request.start', (message) => {
    if (typeof message !== 'object' || message === null || !('request' in message)) return;
    if (message.request instanceof IncomingMessage) mend(message.request);
  });
}

function mend(request: IncomingMessage): void {
  if (request.method === 'TRACE') request.method = 'UNSUPPORTED';
  const target = request.url?.replace(/^https?:\/\/[^/?#]*/i, '') ?? '';
  const [path = '', ...query] = target.split('?');
  const mended = `/${path}`.replace(/[\\/]+/g, '/');
  request.url = [mended, ...query].join('?');
}
