import { AsyncLocalStorage } from 'node:async_hooks';
import { type NextFetchEvent, NextRequest } from 'next/server';
import { vi } from 'vitest';
import { access, onEvent } from './choices';
import { type Cognito, renderPage } from './in-process-pages';

type Middleware = (request: NextRequest, event: NextFetchEvent) => Promise<Response>;
type Handler = (request: NextRequest) => Response | Promise<Response>;

/** The code of one site: modules of its own, which have read its environment. */
export interface Modules {
  readonly middleware: Middleware;
  readonly cognito: Cognito;
  /** Route handlers by path, and there by method. */
  readonly routes: Readonly<Record<string, object>>;
}

/** What `next/headers` tells of the request that is being answered. */
const current = new AsyncLocalStorage<NextRequest>();
const requestOf = () => {
  const request = current.getStore();
  if (!request) throw new Error('There is no request: only a page or a route handler has one.');
  return request;
};

/**
 * Loads the site's code anew, in this process. Pages and routes get instances of their own, apart from
 * the middleware's, because Next runs that on Edge, in a context of its own.
 *
 * @param environment of the site, and nothing else of a site's
 * @param names every variable that a site reads
 */
export async function loadModules(
  environment: Readonly<Record<string, string>>,
  names: readonly string[],
): Promise<Modules> {
  vi.doMock('server-only', () => ({}));
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

/** Modules are read anew, and share nothing with those that were read before. */
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
    '/api/me': await import('@/app/api/me/route'),
    '/healthz': await import('@/app/healthz/route'),
    '/healthz/ready': await import('@/app/healthz/ready/route'),
  };
}

/** Next takes these away before the middleware sees a request. */
const HIDDEN = ['rsc', 'next-router-state-tree', 'next-router-prefetch', 'next-hmr-refresh'];

/**
 * Answers a request as Next does with this code: the middleware first, then the route handler or page
 * that it lets the request through to, with the headers that it hands on.
 *
 * @param modules of the site
 * @param request as it came
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
 * Runs something as a page does that no middleware stands before.
 *
 * @param modules of the site
 * @param request whose cookies and headers the page sees
 * @param page what it asks
 */
export async function inRequest<T>(
  modules: Modules | undefined,
  request: Request,
  page: (cognito: Cognito) => Promise<T>,
): Promise<T> {
  if (!modules) throw new Error('The site has no instance.');
  return current.run(new NextRequest(request), () => page(modules.cognito));
}

/** The request's headers as the middleware would have them: those that it names, and no others. */
function handedOn(headers: Headers, verdict: Headers): Headers {
  const names = verdict.get('x-middleware-override-headers')?.split(',');
  if (!names) return headers;
  const prefix = 'x-middleware-request-';
  return new Headers(names.map((name) => [name, verdict.get(`${prefix}${name}`) ?? '']));
}

/** Next shortens the address of a redirect of the middleware's to the host that was asked. */
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

/** The page's answer, with the middleware's headers over it, and the cookies of both. */
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
