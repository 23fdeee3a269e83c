import { subscribe } from 'node:diagnostics_channel';
import { IncomingMessage, Server } from 'node:http';
import { Socket } from 'node:net';

/** In milliseconds. Who answers an upgrade does so at once. */
const UPGRADE_LIMIT = 3000;

/**
 * Mends what Next would answer by itself, so that every request comes to the middleware. For Node
 * servers; on Vercel no such request gets as far as a function.
 *
 * TRACE and the target `*` are valid HTTP and make Next throw: a 500 and a stack trace in the log,
 * for anybody who asks. Mended, the middleware refuses them. Slashes in a row, and a host named by
 * the absolute form (RFC 9112, section 3.2.2), get a redirect without any header of ours. And where
 * the middleware refuses an upgrade to a WebSocket, Next keeps the connection open for ever.
 */
export function normalizeRequests(): void {
  subscribe('http.server.request.start', (message) => {
    const request = memberOf(message, 'request');
    if (request instanceof IncomingMessage) mendLine(request);
  });
  const watched = new WeakSet<Server>();
  subscribe('net.server.socket', (message) => {
    const server = memberOf(memberOf(message, 'socket'), 'server');
    if (!(server instanceof Server) || watched.has(server)) return;
    // A server without a listener takes the request for what it is otherwise.
    if (server.listenerCount('upgrade') === 0) return;
    watched.add(server);
    server.on('upgrade', (_, socket) => {
      if (socket instanceof Socket) limitUpgrade(socket);
    });
  });
}

function limitUpgrade(socket: Socket): void {
  const before = socket.bytesWritten;
  socket.setTimeout(UPGRADE_LIMIT, () => {
    if (socket.bytesWritten === before) socket.destroy();
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
