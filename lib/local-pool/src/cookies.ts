import type { PoolState } from './state';

/**
 * Formats a cookie of the hosted UI. It is `Secure` only over https: Safari refuses such cookies
 * over http on loopback.
 *
 * @param pool the pool, for its scheme
 * @param name the cookie's name
 * @param value used as is
 * @param life `; Max-Age=…` or `; Expires=…`; without it, the cookie lasts until the browser closes
 */
export function domainCookie(pool: PoolState, name: string, value: string, life = ''): string {
  const secure = pool.settings.domain.startsWith('https:') ? '; Secure' : '';
  return `${name}=${value}${life}; Path=/${secure}; HttpOnly; SameSite=Lax`;
}

/**
 * Reads a cookie of the request. Values aren't percent-decoded: the pool's cookies don't need it,
 * and an invalid escape in another site's cookie must not be an error.
 *
 * @param request the request
 * @param name the cookie's name
 * @returns the first value of that name, without quotes
 */
export function readCookie(request: Request, name: string): string | undefined {
  for (const pair of (request.headers.get('cookie') ?? '').split(';')) {
    const [key, ...value] = pair.split('=');
    if (key?.trim() !== name) continue;
    return value
      .join('=')
      .trim()
      .replace(/^"(.*)"$/, '$1');
  }
  return undefined;
}
