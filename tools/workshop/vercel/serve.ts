/**
 * `serve.ts start -p PORT`: serves the output of a build for Vercel (`.next/output`), as `next start` serves `.next`.
 * Requests go through the phases of the Build Output API. The middleware, the pages and the route handlers run in
 * processes of their own, `HOST_INSTANCES` of each.
 */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { resolve } from 'node:path';
import { type Found, findIn } from './files';
import { startInstances } from './instances';
import { applyMiddleware, platformAnswer, withProxyHeaders } from './platform';
import { applyRoute, type Route, readPhases, type Way } from './routes';
import { ask, headersOf, type Reply, readAll } from './wire';

const output = resolve('.next/output');
const port = Number(process.argv.at(-1));
const count = Number(process.env.HOST_INSTANCES ?? 1);
const phases = readPhases(output);
const instances = await startInstances(output, process.env.VERCEL_FUNCTIONS ?? '', count);

// The tests keep connections open, and may pause longer than Node's five seconds.
createServer({ maxHeaderSize: 65_536, keepAliveTimeout: 60_000 }, (request, response) => {
  answer(request, response).catch((error) => {
    console.error(error);
    response.writeHead(502).end();
  });
}).listen(port);

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const refused = platformAnswer(request);
  if (refused) {
    response.writeHead(refused.status, { ...refused.headers, 'x-from-platform': '1' }).end();
    return;
  }
  const { method = 'GET', url = '/' } = request;
  const body = await readAll(request);
  const given = withProxyHeaders(headersOf(request));
  const way: Way = { path: url, request: given, headers: new Headers(), status: undefined };
  const asked = { method, body };

  let middleware: Reply | undefined;
  for (const route of phases.get('start') ?? []) {
    if (!applyRoute(route, way)) continue;
    if (route.middlewarePath) {
      const headers = new Headers(given);
      middleware = await ask(instances.port('middleware'), { ...asked, path: url, headers });
      const passes = ['x-middleware-next', 'x-middleware-rewrite'];
      if (!passes.some((name) => middleware?.headers.has(name))) {
        measure(middleware, way);
        return finish(response, way, [middleware], middleware, method);
      }
      applyMiddleware(way, middleware.headers);
      if (middleware.status !== 200) way.status = middleware.status;
    }
    if (!route.continue) break;
  }
  if (middleware) measure(middleware, way);
  const found = resolvePath(way);
  const reply = await serve(found, way, asked);
  finish(response, way, middleware ? [reply, middleware] : [reply], reply, method);
}

/** For the tests: what the middleware cost. In bytes, without what this server adds. */
function measure({ headers }: Reply, way: Way): void {
  if (!process.env.VERCEL_METRICS) return;
  const measured = headers.get('x-middleware-measured') ?? '{}';
  headers.delete('x-middleware-measured');
  const bytes = [...headers].reduce(
    (sum, [name, value]) => sum + name.length + value.length + 4,
    0,
  );
  way.headers.set('x-measured', JSON.stringify({ ...JSON.parse(measured), bytes }));
}

/** The phases after the middleware: what serves the path, after rewrites. */
function resolvePath(way: Way): Found {
  const direct = findIn(output, way.path);
  if (direct) return direct;
  for (const phase of ['filesystem', 'miss', 'rewrite']) {
    for (const route of phases.get(phase) ?? []) {
      if (!applyRoute(route, way)) continue;
      const found = findIn(output, way.path);
      if (found) return found;
    }
  }
  way.status = 404;
  const [notFound] = (phases.get('error') ?? []).filter(({ status }: Route) => status === 404);
  way.path = notFound?.dest ?? '/_not-found';
  const page = findIn(output, way.path);
  if (!page) throw new Error(`The output has no ${way.path}.`);
  return page;
}

type Asked = Pick<Parameters<typeof ask>[1], 'method' | 'body'>;

async function serve(found: Found, way: Way, asked: Asked): Promise<Reply> {
  if (found.kind === 'function') {
    const headers = new Headers(way.request);
    headers.set('x-matched-path', `/${found.name === 'index' ? '' : found.name}`);
    return ask(instances.port(found.group), { ...asked, path: way.path, headers });
  }
  if (!['GET', 'HEAD'].includes(asked.method)) {
    return { status: 405, headers: new Headers(), body: Buffer.alloc(0) };
  }
  const headers = new Headers(
    found.kind === 'file' ? { 'content-type': found.type } : found.headers,
  );
  for (const route of phases.get('hit') ?? []) {
    const hit: Way = { ...way, path: way.path, headers: new Headers() };
    if (!route.headers?.['cache-control'] || !applyRoute(route, hit)) continue;
    for (const [name, value] of hit.headers) headers.set(name, value);
  }
  return { status: 200, headers, body: readFileSync(found.file) };
}

/** Sends a response with the headers of the routes, then those of the replies: later ones win. */
function finish(
  response: ServerResponse,
  way: Way,
  replies: readonly Reply[],
  { status, body }: Reply,
  method: string,
): void {
  const cookies: string[] = [];
  for (const headers of [way.headers, ...replies.map((each) => each.headers)]) {
    for (const [name, value] of headers) {
      if (!/^(x-middleware-|x-matched-path$|set-cookie$)/.test(name))
        response.setHeader(name, value);
    }
    cookies.push(...headers.getSetCookie());
  }
  if (cookies.length > 0) response.setHeader('set-cookie', cookies);
  response.setHeader('content-length', body.length);
  response.writeHead(way.status !== undefined && status === 200 ? way.status : status);
  response.end(method === 'HEAD' ? undefined : body);
}
