import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { ConnectionReset } from './faults';
import { isIssuerPath } from './issuer-path';
import { createLocalPool, type LocalPool } from './pool';
import { type Env, isLoopbackHostHeader, refusalToServe } from './refuse-to-serve';
import { DEFAULT_POOL_ID, DEFAULT_POOL_PORT, type LocalPoolSettings } from './settings';

export interface ServeOptions extends Partial<Omit<LocalPoolSettings, 'domain'>> {
  /** Default 9339; 0 picks a free one. */
  port?: number;
  /** Default 127.0.0.1; must be loopback. */
  host?: string;
  /** Serves over https with this key and certificate, both PEM. */
  tls?: { key: string; cert: string };
  /**
   * Serves discovery, keys and the API only on a separate, free port: Cognito has them on a
   * different host, too. Default: one origin serves everything.
   */
  ownIssuerOrigin?: boolean;
  /** The environment that decides whether the pool may run; default: `process.env`. */
  env?: Env;
}

export interface ServedPool {
  pool: LocalPool;
  /** E.g. `http://127.0.0.1:9339`. It is the pool's domain too. */
  origin: string;
  /** Stops listening and immediately closes every connection, including hanging requests. */
  close(): Promise<void>;
}

/**
 * Serves a pool over HTTP, on loopback only.
 *
 * @param options where to listen, and the pool's settings except its domain, which is the origin
 * @throws Error with one sentence if the pool may not run here, or the port is already in use (then
 *   its `cause` has the code `EADDRINUSE`)
 */
export async function serveLocalPool(options: ServeOptions = {}): Promise<ServedPool> {
  const { port = DEFAULT_POOL_PORT, host = '127.0.0.1', env = process.env, ...rest } = options;
  const { tls, ownIssuerOrigin = false, ...settings } = rest;
  const refusal = refusalToServe(env, host);
  if (refusal !== null) throw new Error(refusal);

  // The pool must know its origin, so the port opens first. Requests wait until the pool is ready.
  const { promise: poolReady, resolve: hasPool, reject: hasNoPool } = deferred<LocalPool>();
  const listen = async (wanted: number, serves: (path: string) => boolean) => {
    return await listenOn(tls, wanted, host, guardHost(toListener(poolReady, serves)));
  };
  const domain = await listen(port, (path) => !(ownIssuerOrigin && isIssuerPath(path)));
  const issuer = ownIssuerOrigin ? await listen(0, isIssuerPath) : null;
  const closeBoth = async () => {
    await Promise.all([close(domain.server), issuer && close(issuer.server)]);
  };
  try {
    const pool = await createLocalPool({
      ...settings,
      domain: domain.origin,
      ...(issuer && { issuer: `${issuer.origin}/${settings.userPoolId ?? DEFAULT_POOL_ID}` }),
    });
    hasPool(pool);
    return { pool, origin: domain.origin, close: closeBoth };
  } catch (error) {
    hasNoPool(error);
    await closeBoth();
    throw error;
  }
}

function guardHost(listener: RequestListener): RequestListener {
  return (incoming, outgoing) => {
    if (isLoopbackHostHeader(incoming.headers.host)) return listener(incoming, outgoing);
    outgoing.writeHead(403, { 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' });
    outgoing.end('The local user pool only accepts requests for 127.0.0.1, [::1] and localhost.\n');
  };
}

function toListener(
  poolReady: Promise<LocalPool>,
  serves: (path: string) => boolean,
): RequestListener {
  poolReady.catch(() => {});
  return getRequestListener(
    async (request, { outgoing }) => {
      const pool = await poolReady;
      if (!serves(new URL(request.url).pathname)) return new Response(null, { status: 404 });
      try {
        return await pool.fetch(request);
      } catch (error) {
        if (!(error instanceof ConnectionReset)) throw error;
        outgoing.socket?.resetAndDestroy();
        return new Response(null);
      }
    },
    // Tests run in this process and need the original Request and Response.
    { overrideGlobalObjects: false },
  );
}

async function listenOn(
  tls: ServeOptions['tls'],
  port: number,
  host: string,
  listener: RequestListener,
): Promise<{ server: Server; origin: string }> {
  const server = tls ? createTlsServer(tls, listener) : createServer(listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const reason =
        cause.code === 'EADDRINUSE' ? 'the port is in use' : (cause.code ?? cause.message);
      reject(
        new Error(`The local user pool cannot listen on ${host}:${port}: ${reason}.`, { cause }),
      );
    });
    server.listen(port, host, () => resolve());
  });
  const name = host.includes(':') ? `[${host}]` : host;
  return { server, origin: `${tls ? 'https' : 'http'}://${name}:${addressOf(server).port}` };
}

function addressOf(server: Server): AddressInfo {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('Not listening on a port.');
  return address;
}

/** `server.close` alone waits for keep-alive connections, so Ctrl-C would seem to hang. */
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
