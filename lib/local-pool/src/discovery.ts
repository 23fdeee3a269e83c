import { Hono } from 'hono';
import type { PoolEnv } from './http';
import { jwks } from './keys';
import type { PoolState } from './state';

/**
 * Discovery and the JWKS, only at the issuer's path: the domain's root has neither (facts, section
 * 1). If the issuer is on another host, they are served under the pool's id.
 *
 * @param pool the pool
 */
export function discoveryRoutes(pool: PoolState): Hono<PoolEnv> {
  const { domain, issuer, userPoolId } = pool.settings;
  const issuerPath = issuer.startsWith(`${domain}/`)
    ? issuer.slice(domain.length)
    : `/${userPoolId}`;

  const routes = new Hono<PoolEnv>();
  routes.get(`${issuerPath}/.well-known/openid-configuration`, (c) => {
    return c.json(discoveryDocument(domain, issuer));
  });
  routes.get(`${issuerPath}/.well-known/jwks.json`, async (c) => {
    return c.json(jwks(await pool.keys.signing()));
  });
  routes.get('/:pool/.well-known/*', (c) => {
    return c.json({ message: `User pool ${c.req.param('pool')} does not exist.` }, 400);
  });
  return routes;
}

/** Only the members that a real pool returned: nothing about PKCE, no `grant_types_supported`. */
function discoveryDocument(domain: string, issuer: string) {
  return {
    authorization_endpoint: `${domain}/oauth2/authorize`,
    end_session_endpoint: `${domain}/logout`,
    id_token_signing_alg_values_supported: ['RS256'],
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    response_types_supported: ['code', 'token'],
    revocation_endpoint: `${domain}/oauth2/revoke`,
    scopes_supported: ['openid', 'email', 'phone', 'profile'],
    subject_types_supported: ['public'],
    token_endpoint: `${domain}/oauth2/token`,
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    userinfo_endpoint: `${domain}/oauth2/userInfo`,
  };
}
