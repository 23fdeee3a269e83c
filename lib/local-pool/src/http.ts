import type { Context } from 'hono';
import type { PoolState } from './state';

/** Per-request variables: the browser's anti-forgery token. */
export interface PoolEnv {
  Variables: { xsrfToken: string };
}

export type PoolContext = Context<PoolEnv>;

/**
 * Reads the body of a form POST. Only `application/x-www-form-urlencoded` is supported (facts,
 * section 4); any other type counts as a form without fields.
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
 * Responds with JSON as the OAuth endpoints do.
 *
 * @param c the request
 * @param status the HTTP status
 * @param body the object to serialize
 */
export function json(c: PoolContext, status: 200 | 400 | 401 | 405, body: object): Response {
  return c.body(JSON.stringify(body), status, { 'Content-Type': 'application/json;charset=UTF-8' });
}

/**
 * Builds an absolute URL on the pool's domain, never from the request, because the client controls
 * its `Host`.
 *
 * @param pool the pool
 * @param path starts with a slash
 * @param query the query parameters, if any; spaces become `+`
 */
export function onDomain(
  pool: PoolState,
  path: string,
  query: URLSearchParams | Record<string, string> = {},
): string {
  const asked = new URLSearchParams(query).toString();
  return `${pool.settings.domain}${path}${asked === '' ? '' : `?${asked}`}`;
}
