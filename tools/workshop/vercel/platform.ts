import type { IncomingMessage } from 'node:http';
import type { Way } from './routes';

/** A response that Vercel itself sends, without the site's headers. */
export interface PlatformAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
/** In bytes, as in https://vercel.com/docs/errors/REQUEST_HEADER_TOO_LARGE. */
const ONE_HEADER = 16_384;
const ALL_HEADERS = 32_768;

/**
 * Returns the response to a request that reaches neither the middleware nor a function.
 *
 * @param request as it arrived
 */
export function platformAnswer(request: IncomingMessage): PlatformAnswer | undefined {
  const { method = '', url = '', rawHeaders } = request;
  let total = 0;
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const length = `${rawHeaders[at]}: ${rawHeaders[at + 1]}`.length;
    if (length > ONE_HEADER) return { status: 494 };
    total += length;
  }
  if (total > ALL_HEADERS) return { status: 494 };
  if (!METHODS.includes(method)) return { status: 405 };
  const [path = '', ...query] = url.split('?');
  if (!path.startsWith('/')) return { status: 400 };
  try {
    decodeURIComponent(path);
  } catch {
    return { status: 400 };
  }
  if (!path.includes('//')) return undefined;
  const location = [path.replace(/\/+/g, '/'), ...query].join('?');
  return { status: 308, headers: { location } };
}

/** The headers that Vercel itself sets: a client's own never reach the site. */
export function withProxyHeaders(headers: Headers): Headers {
  const host = headers.get('host') ?? '';
  for (const name of [...headers.keys()]) {
    if (/^x-(vercel|middleware|matched|forwarded)-|^forwarded$/.test(name)) headers.delete(name);
  }
  headers.set('x-forwarded-host', host);
  headers.set('x-forwarded-proto', 'https');
  headers.set('x-forwarded-for', '192.0.2.1');
  return headers;
}

/**
 * Applies what the middleware said about the request: its headers, and another path.
 *
 * @param way is changed
 * @param answer the headers of the middleware's response
 */
export function applyMiddleware(way: Way, answer: Headers): void {
  const list = answer.get('x-middleware-override-headers');
  if (list !== null) {
    const names = list.split(',').map((name) => name.trim());
    for (const name of [...way.request.keys()]) {
      if (!names.includes(name)) way.request.delete(name);
    }
    for (const name of names) {
      const value = answer.get(`x-middleware-request-${name}`);
      if (value === null) way.request.delete(name);
      else way.request.set(name, value);
    }
  }
  const cookies = answer.get('x-middleware-set-cookie');
  if (cookies !== null) way.request.set('x-middleware-set-cookie', cookies);
  const rewrite = answer.get('x-middleware-rewrite');
  if (rewrite !== null) {
    const { pathname, search } = new URL(rewrite, 'https://rewrite.invalid');
    way.path = `${pathname}${search}`;
  }
}
