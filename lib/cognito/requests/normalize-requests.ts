import { subscribe } from 'node:diagnostics_channel';
import { type IncomingMessage, Server } from 'node:http';
import { Socket } from 'node:net';
import { maxParts } from '../../body-limits';
import { actionProblem, lacksArguments } from './actions';
import { answerBadRange, freeRedirects, removeBadRouterState } from './bad-headers';
import { bodyLimit, isTooLarge } from './body-limit';
import { builtRoutes } from './built-routes';
import { collectBody, hasBody, memberOf, restoreBody } from './incoming';
import { hasTooManyParts, isMultipart, parseParts } from './read-form';
import {
  MALFORMED_FORM,
  type Refusal,
  refuseRequest,
  TOO_LARGE,
  TOO_MANY_PARTS,
  UNDECODABLE,
} from './refusal';

/** In milliseconds. A server that accepts an upgrade responds immediately. */
const UPGRADE_LIMIT = 3000;

/**
 * Rewrites or refuses requests that Next would handle before the middleware. Only Node servers need
 * this: on Vercel, no such request reaches a function.
 *
 * - `TRACE` and the target `*` are valid HTTP but make Next throw, so any client could cause a 500
 *   and a stack trace in the log. Once they are rewritten, the middleware refuses them.
 * - Repeated slashes, and a host in the request target (absolute form, RFC 9112, section 3.2.2),
 *   would get a redirect from Next without this site's headers.
 * - `/notes/save.rsc` would reach the page `/notes/[id]`, while the middleware sees the route handler
 *   `/notes/save`. Next's router asks with a header instead.
 * - A path that can't be decoded, a malformed router state and a range beyond the end of a file would
 *   get a 500.
 * - A body over its limit (`lib/body-limits.js`) would reach its route cut off.
 * - When the middleware refuses a WebSocket upgrade, Next would keep the connection open forever.
 */
export function normalizeRequests(): void {
  const gated = new WeakSet<Server>();
  subscribe('http.server.request.start', (message) => {
    const server = memberOf(message, 'server');
    if (!(server instanceof Server) || gated.has(server)) return;
    gated.add(server);
    putGateBefore(server);
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

/** Calls a server's own listeners only for requests that pass. */
function putGateBefore(server: Server): void {
  const listeners = server.listeners('request');
  server.removeAllListeners('request');
  server.on('request', async (request, response) => {
    try {
      normalize(request);
      answerBadRange(request, response);
      freeRedirects(response);
      const body = await admitted(request);
      if (!(body instanceof Uint8Array)) return await refuseRequest(request, response, body);
      for (const listener of listeners) Reflect.apply(listener, server, [request, response]);
      if (hasBody(request)) restoreBody(request, body);
    } catch (error) {
      // An error that nobody catches would end the process.
      console.error(error);
      response.destroy();
    }
  });
}

function normalize(request: IncomingMessage): void {
  if (request.method === 'TRACE') request.method = 'UNSUPPORTED';
  const target = request.url?.replace(/^https?:\/\/[^/?#]*/i, '') ?? '';
  const [path = '', ...query] = target.split('?');
  const plain = `/${path}`.replace(/[\\/]+/g, '/').replace(/\.rsc$/i, '%2Ersc');
  request.url = [plain, ...query].join('?');
  removeBadRouterState(request);
}

const EMPTY = new Uint8Array();

/** The whole body of a request that may pass, or why it may not. */
async function admitted(request: IncomingMessage): Promise<Uint8Array | Refusal> {
  const { url = '/', headers } = request;
  const path = decoded(url.split('?')[0] ?? '/');
  if (path === undefined) return UNDECODABLE;
  const problem = actionProblem(request, path);
  if (problem) return problem;
  if (isTooLarge(path, headers['content-length'])) return TOO_LARGE;
  const body = hasBody(request) ? await collectBody(request, bodyLimit(path)) : EMPTY;
  if (!body) return TOO_LARGE;
  if (request.method === 'GET' || request.method === 'HEAD') return body;
  const type = headers['content-type'] ?? '';
  if (isMultipart(type) && hasTooManyParts(type, body, maxParts)) return TOO_MANY_PARTS;
  // A page would respond to a malformed one with a 500; a route handler responds by itself.
  if (builtRoutes().isHandler(path)) return body;
  const form = isMultipart(type) ? await parseParts(type, body) : new TextDecoder().decode(body);
  return form === undefined || lacksArguments(request, form) ? MALFORMED_FORM : body;
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

function limitUpgrade(socket: unknown): void {
  if (!(socket instanceof Socket)) return;
  const before = socket.bytesWritten;
  socket.setTimeout(UPGRADE_LIMIT, () => socket.bytesWritten === before && socket.destroy());
}
