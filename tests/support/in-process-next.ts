import { AsyncLocalStorage } from 'node:async_hooks';
import { resolve } from 'node:path';
import { type NextFetchEvent, NextRequest } from 'next/server';
import { vi } from 'vitest';
import { access, onEvent } from './choices';
import { type Cognito, renderPage } from './in-process-pages';
import { within } from './sources';

type Middleware = (request: NextRequest, event: NextFetchEvent) => Promise<Response>;
type Handler = (request: NextRequest) => Response | Promise<Response>;

/** The code of one site: its own instances of the modules, which have read its environment. */
export interface Modules {
  readonly middleware: Middleware;
  readonly cognito: Cognito;
  /** The modules of route handlers by path. Each exports its handlers by method. */
  readonly routes: Readonly<Record<string, object>>;
}

/** The current request, from which the mocked `next/headers` reads. */
const current = new AsyncLocalStorage<NextRequest>();
const requestOf = () => {
  const request = current.getStore();
  if (!request) throw new Error('No current request: call this in a page or a route handler.');
  return request;
};

/**
 * Loads a new instance of the site's code in this process. The middleware gets separate instances of
 * the modules, because Next runs it on Edge, in a separate context.
 *
 * @param environment all variables of the site
 * @param names the name of every variable that a site reads; those not in `environment` are unset
 */
export async function loadModules(
  environment: Readonly<Record<string, string>>,
  names: readonly string[],
): Promise<Modules> {
  vi.doMock('server-only', () => ({}));
  // Next runs it once the response has been sent.
  const after = (work: () => void) => void setImmediate(work);
  vi.doMock('next/server', async (load) => ({ ...(await load<object>()), after }));
  vi.doMock('@/lib/on-event', () => ({ onEvent }));
  vi.doMock('next/headers', () => ({
    cookies: async () => requestOf().cookies,
    headers: async () => requestOf().headers,
  }));
  const before = { ...process.env };
  for (const name of names) delete process.env[name];
  Object.assign(process.env, environment, { __NEXT_EXPERIMENTAL_AUTH_INTERRUPTS: 'true' });
  try {
    forget();
    const { createGuard } = await import('@/lib/cognito/guard');
    const middleware = createGuard(access);
    const edge = await import('@/lib/cognito/get-site');
    edge.getSite();
    forget();
    const cognito = await import('@/lib/cognito');
    cognito.getSite();
    return { middleware, cognito, routes: await loadRoutes() };
  } finally {
    for (const name of names) delete process.env[name];
    Object.assign(process.env, before);
  }
}

/** Makes the next import load new instances, which share nothing with the previous ones. */
function forget(): void {
  vi.resetModules();
  globalThis.cognitoMemory = undefined;
}

async function loadRoutes(): Promise<Modules['routes']> {
  const [login, logout] = [await import('@/app/login/route'), await import('@/app/logout/route')];
  return {
    '/login': login,
    '/login/': login,
    '/logout': logout,
    '/logout/': logout,
    '/refresh': await import('@/app/refresh/route'),
    '/refresh/': await import('@/app/refresh/route'),
    '/theme': await import('@/app/theme/route'),
    ...(await ownRoutes('/account/save', '/account/passkeys/add')),
    '/api/me': await import('@/app/api/me/route'),
    '/not-configured': await import('@/app/not-configured/route'),
    '/refused': await import('@/app/refused/route'),
    '/healthz': await import('@/app/healthz/route'),
    '/healthz/ready': await import('@/app/healthz/ready/route'),
  };
}

/** Routes that a site may move, such as to `app/[locale]`, or delete. */
async function ownRoutes(...paths: readonly string[]): Promise<Modules['routes']> {
  const routes: Record<string, object> = {};
  for (const path of paths) {
    const file = within('app/').find((name) => name.endsWith(`${path}/route.ts`));
    if (file) routes[path] = await import(resolve(file));
  }
  return routes;
}

/** Next removes these headers before the middleware sees a request. */
const HIDDEN = ['rsc', 'next-router-state-tree', 'next-router-prefetch', 'next-hmr-refresh'];

/**
 * Responds to a request as Next does with this code: the middleware runs first, then the route handler
 * or page, with the request headers that the middleware passes on.
 *
 * @param modules of the site
 * @param request as it was received
 */
export async function answer(modules: Modules, request: Request): Promise<Response> {
  const body = ['GET', 'HEAD'].includes(request.method) ? undefined : await request.arrayBuffer();
  const headers = new Headers(request.headers);
  for (const name of HIDDEN) headers.delete(name);
  const make = (url: string, given: Headers) =>
    new NextRequest(url, { method: request.method, headers: given, ...(body && { body }) });

  const event: NextFetchEvent = Object.create(null, { waitUntil: { value: () => {} } });
  const verdict = await modules.middleware(make(request.url, headers), event);
  const rewritten = verdict.headers.get('x-middleware-rewrite');
  if (!verdict.headers.has('x-middleware-next') && !rewritten) return relative(verdict, request);
  const passed = make(rewritten ?? request.url, handedOn(headers, verdict.headers));
  return joined(verdict, await current.run(passed, () => behind(modules, passed)));
}

/**
 * Runs a function as a page of this request, without running the middleware first.
 *
 * @param modules of the site
 * @param request whose cookies and headers the page sees
 * @param page the function
 */
export async function inRequest<T>(
  modules: Modules | undefined,
  request: Request,
  page: (cognito: Cognito) => Promise<T>,
): Promise<T> {
  if (!modules) throw new Error('No instance of the site is running.');
  return current.run(new NextRequest(request), () => page(modules.cognito));
}

/**
 * The request headers that the page sees: only those that the middleware passes on.
 *
 * @param headers of the request
 * @param verdict the headers of the middleware's response
 */
export function handedOn(headers: Headers, verdict: Headers): Headers {
  const names = verdict.get('x-middleware-override-headers')?.split(',');
  if (!names) return headers;
  const prefix = 'x-middleware-request-';
  return new Headers(names.map((name) => [name, verdict.get(`${prefix}${name}`) ?? '']));
}

/** Makes a redirect to the same host relative, as Next does for redirects of the middleware. */
function relative(verdict: Response, { url }: Request): Response {
  const location = verdict.headers.get('location') ?? '';
  const { origin } = new URL(url);
  if (!location.startsWith(`${origin}/`)) return verdict;
  const headers = new Headers(verdict.headers);
  headers.set('location', location.slice(origin.length));
  return new Response(verdict.body, { status: verdict.status, headers });
}

async function behind({ routes, cognito }: Modules, request: NextRequest): Promise<Response> {
  const path = request.nextUrl.pathname;
  const route = routes[path];
  if (!route) return renderPage(cognito, request, path);
  const handler: Handler | undefined = Reflect.get(route, request.method);
  if (handler) return handler(request);
  const get: Handler | undefined = Reflect.get(route, 'GET');
  return get && request.method === 'HEAD' ? get(request) : new Response(null, { status: 405 });
}

/** The page's response with the middleware's headers added, and the cookies of both. */
function joined(verdict: Response, inner: Response): Response {
  const headers = new Headers(inner.headers);
  for (const [name, value] of verdict.headers) {
    if (name.startsWith('x-middleware-')) continue;
    if (name === 'set-cookie') headers.append(name, value);
    else headers.set(name, value);
  }
  const status = verdict.status === 200 ? inner.status : verdict.status;
  return new Response(inner.body, { status, headers });
}
