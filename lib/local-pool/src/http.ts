import type { Context } from 'hono';
import type { PoolState } from './state';

/** What travels with a request through the pool: the browser's anti-forgery token. */
export interface PoolEnv {
  Variables: { xsrfToken: string };
}

export type PoolContext = Context<PoolEnv>;

/**
 * The body of a form POST. Only `application/x-www-form-urlencoded` is read (facts, section 4);
 * anything else counts as a form without fields.
 *
 * @param request the request
 */
export async function readForm(request: Request): Promise<URLSearchParams> {
  const type = request.headers.get('content-type') ?? '';
  if (!type.toLowerCase().startsWith('application/x-www-form-urlencoded')) {
    return new URLSearchParams();
  }
  return new URLSearchParams(await request.text());
}

/**
 * JSON as the OAuth endpoints write it.
 *
 * @param c the request
 * @param status the HTTP status
 * @param body an object
 */
export function json(c: PoolContext, status: 200 | 400 | 401 | 405, body: object): Response {
  return c.body(JSON.stringify(body), status, { 'Content-Type': 'application/json;charset=UTF-8' });
}

/**
 * An absolute address on the pool's domain: never built from the request, whose Host a client sets.
 *
 * @param pool the pool
 * @param path begins with a slash
 * @param query appended as a query, spaces as `+`; left out if there is nothing to ask
 */
export function onDomain(
  pool: PoolState,
  path: string,
  query: URLSearchParams | Record<string, string> = {},
): string {
  const asked = new URLSearchParams(query).toString();
  return `${pool.settings.domain}${path}${asked === '' ? '' : `?${asked}`}`;
}
