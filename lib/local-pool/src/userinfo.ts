import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { checkAccessToken } from './access';
import { releasedAttributes } from './claims';
import { json, type PoolContext, type PoolEnv } from './http';
import { mayRead } from './readable-attributes';
import type { PoolState } from './state';

/**
 * GET /oauth2/userInfo: returns the attributes that the scopes allow, without groups. All values are
 * strings, even `email_verified`. It requires `openid`. Unlike offline verification, it detects
 * revocation (facts, section 8).
 *
 * @param pool the pool
 */
export function userInfoRoutes(pool: PoolState): Hono<PoolEnv> {
  const routes = new Hono<PoolEnv>();
  routes.use('/oauth2/userInfo', cors());
  routes.get('/oauth2/userInfo', (c) => {
    const [, token] = /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '') ?? [];
    if (token === undefined) {
      const description = 'Bad OAuth2 request at UserInfo Endpoint';
      return refuse(c, 400, 'invalid_request', description);
    }
    const checked = checkAccessToken(pool, token);
    if (checked.kind !== 'valid' || !checked.scopes.includes('openid')) {
      const description =
        'Access token is expired, disabled, or deleted, or the user has globally signed out.';
      return refuse(c, 401, 'invalid_token', description);
    }
    const { account, scopes, grant } = checked;
    const client = pool.clients.get(grant.clientId);
    const attributes = releasedAttributes(account, scopes, (name) => {
      return client !== undefined && mayRead(client, name);
    });
    return json(c, 200, { sub: account.sub, ...attributes, username: account.username });
  });
  return routes;
}

/** Like Cognito's, the header has no `Bearer` scheme, which strict parsers reject. */
function refuse(c: PoolContext, status: 400 | 401, error: string, description: string) {
  c.header('WWW-Authenticate', `error="${error}", error_description="${description}"`);
  return json(c, status, { error, error_description: description });
}
