import { subscribe } from 'node:diagnostics_channel';
import { IncomingMessage, Server } from 'node:http';
import { Socket } from 'node:net';
import { isDevelopment } from './environment';

/**
 * Mends what Next would answer by itself, so that every request comes to the middleware. For Node
 * servers; on Vercel no such request gets as far as a function.
 *
 * TRACE and the target `*` are valid HTTP and make Next throw: a 500 and a stack trace in the log,
 * for anybody who asks. Mended, the middleware refuses them. Slashes in a row, and a host named by
 * the absolute form (RFC 9112, section 3.2.2), get a redirect without any header of ours. And where
 * the middleware refuses an upgrade to a WebSocket, Next keeps the connection open for ever.
 */
export function mendRequests(): void {
  subscribe('http.server.request.start', (message) => {
    const request = memberOf(message, 'request');
    if (request instanceof IncomingMessage) mendLine(request);
  });
  if (isDevelopment) return;
  subscribe('net.server.socket', (message) => {
    const socket = memberOf(message, 'socket');
    const server = socket instanceof Socket ? memberOf(socket, 'server') : undefined;
    // Without a listener Node ignores the upgrade and takes the request for what it is otherwise.
    if (server instanceof Server) server.removeAllListeners('upgrade');
  });
}

function mendLine(request: IncomingMessage): void {
  if (request.method === 'TRACE') request.method = 'UNSUPPORTED';
  const target = request.url?.replace(/^https?:\/\/[^/?#]*/i, '') ?? '';
  const [path = '', ...query] = target.split('?');
  const mended = `/${path}`.replace(/[\\/]+/g, '/');
  request.url = [mended, ...query].join('?');
}

function memberOf(owner: unknown, name: string): unknown {
  return typeof owner === 'object' && owner !== null ? Reflect.get(owner, name) : undefined;
}
