import type { PoolState } from './state';

/**
 * A cookie of the hosted UI. `Secure` only on https: Safari refuses it on http loopback.
 *
 * @param pool the pool, for its scheme
 * @param name the cookie's name
 * @param value taken as it is
 * @param life `; Max-Age=…` or `; Expires=…`; a cookie of the browser's session without it
 */
export function domainCookie(pool: PoolState, name: string, value: string, life = ''): string {
  const secure = pool.settings.domain.startsWith('https:') ? '; Secure' : '';
  return `${name}=${value}${life}; Path=/${secure}; HttpOnly; SameSite=Lax`;
}

/**
 * A cookie of the request. Values are not percent-decoded: the pool sets none that needs it, and a
 * bad escape in a foreign one must not be an error.
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
