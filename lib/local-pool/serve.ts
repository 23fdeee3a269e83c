import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { ConnectionReset } from './faults';
import { type Env, isLoopbackHostHeader, refusalToServe } from './guards';
import { createLocalPool, type LocalPool } from './pool';
import { DEFAULT_POOL_PORT, type LocalPoolSettings } from './settings';

export interface ServeOptions extends Partial<Omit<LocalPoolSettings, 'domain'>> {
  /** Default 9339; 0 takes a free one. */
  port?: number;
  /** Default 127.0.0.1; must be loopback. */
  host?: string;
  /** Judged by the guards; default: the process's own environment. */
  env?: Env;
}

export interface ServedPool {
  pool: LocalPool;
  /** E.g. `http://127.0.0.1:9339`; also the pool's domain. */
  origin: string;
  /** Stops listening and ends every connection at once, hanging requests too. */
  close(): Promise<void>;
}

/**
 * Serves a pool over HTTP, on loopback only.
 *
 * @param options where, and the pool's settings but its domain, which is the origin served on
 * @throws Error with one clear sentence: not allowed to run here, or the port is taken (then its
 *   `cause` has the code `EADDRINUSE`)
 */
export async function serveLocalPool(options: ServeOptions = {}): Promise<ServedPool> {
  const { port = DEFAULT_POOL_PORT, host = '127.0.0.1', env = process.env, ...settings } = options;
  const refusal = refusalToServe(env, host);
  if (refusal !== null) throw new Error(refusal);

  // The keys take half a second, the port is open before: requests in between wait for the pool.
  const { promise: poolReady, resolve: hasPool, reject: hasNoPool } = deferred<LocalPool>();
  const server = createServer(guardHost(toListener(poolReady)));
  const origin = originOf(host, await listen(server, port, host));
  try {
    const pool = await createLocalPool({ ...settings, domain: origin });
    hasPool(pool);
    return { pool, origin, close: () => close(server) };
  } catch (error) {
    hasNoPool(error);
    await close(server);
    throw error;
  }
}

function guardHost(listener: RequestListener): RequestListener {
  return (incoming, outgoing) => {
    if (isLoopbackHostHeader(incoming.headers.host)) return listener(incoming, outgoing);
    outgoing.writeHead(403, { 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' });
    outgoing.end('The local user pool answers to 127.0.0.1, [::1] and localhost only.\n');
  };
}

function toListener(poolReady: Promise<LocalPool>): RequestListener {
  poolReady.catch(() => {});
  return getRequestListener(
    async (request, { outgoing }) => {
      const pool = await poolReady;
      try {
        return await pool.fetch(request);
      } catch (error) {
        if (!(error instanceof ConnectionReset)) throw error;
        outgoing.socket?.resetAndDestroy();
        return new Response(null);
      }
    },
    // Tests run in this process: their own Request and Response stay what they are.
    { overrideGlobalObjects: false },
  );
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const reason = cause.code === 'EADDRINUSE' ? 'it is taken' : (cause.code ?? cause.message);
      reject(
        new Error(`The local user pool cannot listen on ${host}:${port}: ${reason}.`, { cause }),
      );
    });
    server.listen(port, host, () => resolve(addressOf(server).port));
  });
}

function addressOf(server: Server): AddressInfo {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('Not listening on a port.');
  return address;
}

function originOf(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** `server.close` alone waits for keep-alive connections, and Ctrl-C would seem to hang. */
function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** Promise.withResolvers, which Node 20 lacks. */
function deferred<T>() {
  let resolve: (value: T) => void = () => {};
  let reject: (reason: unknown) => void = () => {};
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
