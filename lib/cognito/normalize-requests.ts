import { subscribe } from 'node:diagnostics_channel';
import { IncomingMessage, Server } from 'node:http';
import { Socket } from 'node:net';

/** In milliseconds. A server that accepts an upgrade answers it at once. */
const UPGRADE_LIMIT = 3000;

/**
 * Rewrites requests that Next would answer by itself, so that every request reaches the middleware. For Node servers;
 * on Vercel no such request gets as far as a function.
 *
 * TRACE and the target `*` are valid HTTP and make Next throw: a 500 and a stack trace in the log, for anybody who
 * asks. Normalized, the middleware refuses them. Slashes in a row, and a host named by the absolute form (RFC 9112,
 * section 3.2.2), get a redirect without any of this site's headers. And where the middleware refuses an upgrade to a
 * WebSocket, Next keeps the connection open for ever.
 */
export function normalizeRequests(): void {
  subscribe('http.server.request.start', (message) => {
    const request = memberOf(message, 'request');
    if (request instanceof IncomingMessage) normalize(request);
  });
  const watched = new WeakSet<Server>();
  subscribe('net.server.socket', (message) => {
    const server = memberOf(memberOf(message, 'socket'), 'server');
    if (!(server instanceof Server) || watched.has(server)) return;
    // A server without a listener takes an upgrade for an ordinary request.
    if (server.listenerCount('upgrade') === 0) return;
    watched.add(server);
    server.on('upgrade', (_, socket) => limitUpgrade(socket));
  });
}

function normalize(request: IncomingMessage): void {
  if (request.method === 'TRACE') request.method = 'UNSUPPORTED';
  const target = request.url?.replace(/^https?:\/\/[^/?#]*/i, '') ?? '';
  const [path = '', ...query] = target.split('?');
  request.url = [`/${path}`.replace(/[\\/]+/g, '/'), ...query].join('?');
}

function limitUpgrade(socket: unknown): void {
  if (!(socket instanceof Socket)) return;
  const before = socket.bytesWritten;
  socket.setTimeout(UPGRADE_LIMIT, () => socket.bytesWritten === before && socket.destroy());
}

function memberOf(owner: unknown, name: string): unknown {
  return typeof owner === 'object' && owner !== null ? Reflect.get(owner, name) : undefined;
}
