import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { ADVICE } from '@/lib/cognito/config/advice';
import type { People } from '@/lib/local-pool/src/testing';
import { answer, inRequest, loadModules, type Modules } from './in-process-next';
import type { Cognito } from './in-process-pages';
import { startLocalPool } from './local-pool';
import { takeYourTime } from './outage';
import { type RunningSite, SECRET, type SiteOptions } from './site';

/** A site in the test's own process. If it has several instances, they take turns. */
export interface InProcessSite extends RunningSite {
  /** The origin of each instance. */
  readonly instances: readonly string[];
  /** Runs a function as a page of this request, without running the middleware first. */
  behind<T>(request: Request, page: (cognito: Cognito) => Promise<T>): Promise<T>;
}

export interface InProcessOptions extends Omit<SiteOptions, 'folder'> {
  /** How many instances share the address and nothing else. 1 by default. */
  instances?: number;
  /** Users to have instead of the seed users. */
  users?: People;
}

/** Modules read the environment when they are loaded, so they are loaded for one site at a time. */
let loading: Promise<unknown> = Promise.resolve();

/**
 * Starts the site's code in this process, with its own user pool, on a free port. Requests go through
 * the middleware, the route handlers, and stand-ins for pages that call `lib/cognito`, in the order in
 * which Next calls them (`in-process-next.ts`). There is no build and no rendering, so it starts fast,
 * and `vi.setSystemTime` sets the clock of both site and pool. What Next itself does is tested on the
 * built site, in `tests/site`.
 *
 * @param options what differs from the default site
 */
export async function startInProcess(options: InProcessOptions = {}): Promise<InProcessSite> {
  const { instances: count = 1, redirectPath = '/login' } = options;
  takeYourTime();
  const lines = listenToConsole();
  const [balancer, ...servers] = await Promise.all(
    Array.from({ length: count + 1 }, () => listen()),
  );
  if (!balancer) throw new Error('No server was started.');
  const address = originOf(balancer);
  const origin = options.publicOrigin ?? address;
  const served = await startLocalPool({
    site: origin,
    redirectPath,
    siteEnv: { SESSION_SECRET: SECRET, ...options.env },
    env: {},
    ...options.pool,
    ...(options.users && { users: options.users }),
  });
  const environment = served.environment();
  const all: Modules[] = [];
  for (const server of servers) {
    const modules = await load(environment);
    all.push(modules);
    server.on(
      'request',
      respond(() => modules),
    );
  }
  let turn = 0;
  const inTurn = () => all[turn++ % all.length] ?? all[0];
  balancer.on('request', respond(inTurn));
  return {
    origin,
    address,
    instances: servers.map(originOf),
    pool: served.pool,
    kit: served,
    environment,
    behind: (request, page) => inRequest(all[0], request, page),
    pids: [process.pid],
    output: () => lines.join('\n'),
    close: async () => {
      for (const server of [balancer, ...servers]) {
        server.closeAllConnections();
        server.close();
      }
      await served.close();
    },
  };
}

/** An instance of the site's code without its own pool. */
export interface Instance {
  readonly origin: string;
  output(): string;
  close(): Promise<void>;
}

/**
 * Starts another instance of the site's code in this process.
 *
 * @param environment all variables of the site
 * @param port to listen on; a free port by default
 */
export async function startInstance(
  environment: Readonly<Record<string, string>>,
  port = 0,
): Promise<Instance> {
  const lines = listenToConsole();
  const server = await listen(port);
  const modules = await load(environment);
  server.on(
    'request',
    respond(() => modules),
  );
  return {
    origin: originOf(server),
    output: () => lines.join('\n'),
    close: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function load(environment: Readonly<Record<string, string>>): Promise<Modules> {
  const loaded = loading.then(() => loadModules(environment, Object.keys(ADVICE)));
  loading = loaded.catch(() => {});
  return loaded;
}

function respond(modules: () => Modules | undefined) {
  return async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const code = modules();
    if (!code) return outgoing.destroy();
    const request = await toRequest(incoming);
    const response = await answer(code, request).catch((error) => {
      console.error(error);
      return new Response('Internal Server Error', { status: 500 });
    });
    for (const [name, value] of response.headers) {
      if (name !== 'set-cookie') outgoing.setHeader(name, value);
    }
    outgoing.setHeader('set-cookie', response.headers.getSetCookie());
    outgoing.writeHead(response.status).end(Buffer.from(await response.arrayBuffer()));
  };
}

/** The URL has the host from the request, as in Next. The site must not build any URL from it. */
async function toRequest(incoming: IncomingMessage): Promise<Request> {
  const { method = 'GET', url = '/', headers, rawHeaders } = incoming;
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const given = new Headers();
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    given.append(rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '');
  }
  const host = headers.host ?? 'localhost';
  const body = ['GET', 'HEAD'].includes(method) ? {} : { body: Buffer.concat(chunks) };
  return new Request(`http://${host}${url}`, { method, headers: given, ...body });
}

function listen(port = 0): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject).listen(port, () => resolve(server));
  });
}

function originOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The site has no port.');
  return `http://localhost:${address.port}`;
}

const heard: string[][] = [];

/** Collects what any site in this process prints from now on, and keeps it off the terminal. */
function listenToConsole(): string[] {
  if (heard.length === 0) {
    for (const level of ['info', 'log', 'warn', 'error'] as const) {
      console[level] = (...values: unknown[]) => {
        for (const lines of heard) lines.push(values.map(String).join(' '));
      };
    }
  }
  const lines: string[] = [];
  heard.push(lines);
  return lines;
}
