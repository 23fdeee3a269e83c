import { subscribe } from 'node:diagnostics_channel';
import { IncomingMessage, Server } from 'node:http';
import { Socket } from 'node:net';

/** In milliseconds. A server that accepts an upgrade responds immediately. */
const UPGRADE_LIMIT = 3000;

/**
 * Rewrites requests that Next would handle before the middleware, so that the middleware sees every
 * request. Only Node servers need this: on Vercel, no such request reaches a function.
 *
 * - `TRACE` and the target `*` are valid HTTP but make Next throw, so any client could cause a 500
 *   and a stack trace in the log. Once they are rewritten, the middleware refuses them.
 * - Repeated slashes, and a host in the request target (absolute form, RFC 9112, section 3.2.2),
 *   would get a redirect from Next without this site's headers.
 * - When the middleware refuses a WebSocket upgrade, Next would keep the connection open forever.
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
    // A server without an upgrade listener treats an upgrade as an ordinary request.
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
