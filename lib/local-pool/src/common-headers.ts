import { randomUUID } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { domainCookie, readCookie } from './cookies';
import type { PoolEnv } from './http';
import { isIssuerPath } from './issuer-path';
import type { PoolState } from './state';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Sets the headers that every response of Cognito's domain has, including redirects and errors, and
 * the `XSRF-TOKEN` cookie (facts, section 2). A browser keeps the cookie it has, so that forms open
 * in two tabs both work.
 *
 * @param pool the pool
 */
export function commonHeaders(pool: PoolState): MiddlewareHandler<PoolEnv> {
  const https = pool.settings.domain.startsWith('https:');
  return async (c, next) => {
    const sent = readCookie(c.req.raw, 'XSRF-TOKEN');
    c.set('xsrfToken', sent !== undefined && UUID.test(sent) ? sent : randomUUID());
    await next();
    const { headers } = c.res;
    headers.set('Cache-Control', 'no-cache, no-store, max-age=0, must-revalidate');
    headers.set('Pragma', 'no-cache');
    headers.set('X-Content-Type-Options', 'nosniff');
    headers.set('X-Frame-Options', 'DENY');
    headers.set('Server', 'Server');
    headers.set('x-amz-cognito-request-id', randomUUID());
    if (https) headers.set('Strict-Transport-Security', 'max-age=31536000 ; includeSubDomains');
    if (!isIssuerPath(c.req.path)) {
      headers.append('Set-Cookie', domainCookie(pool, 'XSRF-TOKEN', c.get('xsrfToken')));
    }
  };
}
