import { Hono } from 'hono';
import { errorPage } from './hosted-ui/error-page';
import { endHostedSession } from './hosted-ui/hosted-session';
import { onDomain, type PoolContext, type PoolEnv } from './http';
import type { AppClient } from './settings';
import type { PoolState } from './state';

/**
 * GET /logout. It isn't OpenID Connect's RP-initiated logout: it ends the hosted UI's session, and
 * all tokens stay valid (facts, section 7).
 *
 * @param pool the pool
 */
export function logoutRoutes(pool: PoolState): Hono<PoolEnv> {
  const routes = new Hono<PoolEnv>();
  routes.get('/logout', (c) => {
    const clientId = c.req.query('client_id') ?? '';
    if (clientId === '') return missingParameter(c, 'client_id');
    const client = pool.clients.get(clientId);
    if (!client) {
      const query = { error: 'invalid_request', client_id: clientId };
      return c.redirect(onDomain(pool, '/error', query), 302);
    }

    const logoutUri = c.req.query('logout_uri');
    if (logoutUri !== undefined && client.logoutUris.includes(logoutUri)) {
      return leave(pool, c, logoutUri);
    }
    return signInAgain(pool, c, client);
  });
  return routes;
}

/** The second form: signs out and redirects to the sign-in page, without PKCE and provider. */
function signInAgain(pool: PoolState, c: PoolContext, client: AppClient) {
  const redirectUri = c.req.query('redirect_uri');
  const responseType = c.req.query('response_type');
  // An unregistered logout_uri is ignored, so redirect_uri is what is missing.
  if (redirectUri === undefined) return missingParameter(c, 'redirect_uri');
  if (responseType === undefined) return missingParameter(c, 'response_type');
  if (!client.redirectUris.includes(redirectUri)) {
    const query = { error: 'redirect_mismatch', client_id: client.clientId };
    return c.redirect(onDomain(pool, '/error', query), 302);
  }
  const query = new URLSearchParams({
    client_id: client.clientId,
    redirect_uri: redirectUri,
    response_type: responseType,
    scope: c.req.query('scope') ?? client.scopes.join(' '),
  });
  for (const name of ['state', 'nonce']) {
    const value = c.req.query(name);
    if (value !== undefined) query.set(name, value);
  }
  return leave(pool, c, onDomain(pool, '/login', query));
}

function leave(pool: PoolState, c: PoolContext, location: string) {
  c.header('Set-Cookie', endHostedSession(pool, c.req.raw), { append: true });
  return c.redirect(location, 302);
}

function missingParameter(c: PoolContext, name: string) {
  return errorPage(c, 400, `Required String parameter '${name}' is not present`);
}
