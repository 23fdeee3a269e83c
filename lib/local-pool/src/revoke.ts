import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { authenticateClient } from './client-auth';
import { json, type PoolEnv, readForm } from './http';
import { openRefreshToken } from './refresh-token';
import type { AppClient } from './settings';
import type { PoolState } from './state';

/**
 * POST /oauth2/revoke: revokes a refresh token's whole family. The user's other sign-ins and the
 * hosted UI's session stay (facts, section 6).
 *
 * @param pool the pool
 */
export function revokeRoutes(pool: PoolState): Hono<PoolEnv> {
  const routes = new Hono<PoolEnv>();
  routes.use('/oauth2/revoke', cors());
  routes.post('/oauth2/revoke', async (c) => {
    const form = await readForm(c.req.raw);
    // Only Basic: a real pool rejected a right secret in the body, although discovery lists that.
    const checked = authenticateClient(pool, c.req.header('authorization'), form, 'basic');
    if (checked.kind !== 'authenticated') return json(c, 401, { error: 'invalid_client' });
    const { client } = checked;

    const token = form.get('token') ?? '';
    if (token === '') return json(c, 400, { error: 'invalid_request' });
    switch (endFamily(pool, client, token)) {
      case 'done':
        return c.body(null, 200);
      case 'off':
        return json(c, 400, { error: 'invalid_request' });
      case 'no-refresh-token':
        return json(c, 400, { error: 'unsupported_token_type' });
    }
  });
  routes.all('/oauth2/revoke', (c) => json(c, 405, { error: 'invalid_request' }));
  return routes;
}

/**
 * Revokes a refresh token's family, for the endpoint and for the API.
 *
 * @param pool the pool
 * @param client the authenticated client
 * @param token the token that the client sent
 * @returns `done`, also for garbage and another client's token, so that it reveals nothing; `off`
 *   if revocation is off for the client
 */
export function endFamily(
  pool: PoolState,
  client: AppClient,
  token: string,
): 'done' | 'off' | 'no-refresh-token' {
  if (!client.tokenRevocation) return 'off';
  if (looksLikeSignedToken(token)) return 'no-refresh-token';

  const content = openRefreshToken(token, pool.refreshTokenSecret);
  const grant = content && pool.grants.get(content.grantId);
  if (grant && grant.clientId === client.clientId) grant.revoked = true;
  return 'done';
}

/** ID and access tokens are JWS with three parts; refresh tokens have five parts. */
function looksLikeSignedToken(token: string): boolean {
  const [header, ...rest] = token.split('.');
  return rest.length === 2 && header !== undefined && header.startsWith('eyJ');
}
