import { randomUUID } from 'node:crypto';
import { type GrantResult, signToken } from './issue';
import type { AppClient } from './settings';
import type { PoolState } from './state';

/**
 * Issues an access token for a machine. The client needs a secret and scopes of a resource server,
 * e.g. `api/read`. There is no user, so `sub` is the client and there is no `username` (facts,
 * sections 4 and 9). It has no `origin_jti`, because it has no refresh token; this is unconfirmed.
 *
 * @param pool the pool
 * @param client the authenticated client
 * @param form `scope`; without it, all custom scopes of the client
 */
export async function grantToClient(
  pool: PoolState,
  client: AppClient,
  form: URLSearchParams,
): Promise<GrantResult> {
  if (!client.clientCredentialsFlow || client.clientSecret === undefined) {
    return { kind: 'error', error: 'unauthorized_client' };
  }
  // `openid` and similar scopes are about a user. A custom scope is `<resource server>/<name>`.
  const custom = client.scopes.filter((scope) => scope.includes('/'));
  const asked = (form.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
  const scopes = asked.length === 0 ? custom : [...new Set(asked)];
  if (scopes.length === 0 || scopes.some((scope) => !custom.includes(scope))) {
    return { kind: 'error', error: 'invalid_scope' };
  }

  const { accessToken: key } = await pool.keys.signing();
  const iat = pool.now();
  const access_token = await signToken(
    {
      sub: client.clientId,
      iss: pool.settings.issuer,
      version: 2,
      client_id: client.clientId,
      token_use: 'access',
      scope: scopes.join(' '),
      auth_time: iat,
      exp: iat + client.accessTokenSeconds,
      iat,
      jti: randomUUID(),
    },
    key,
  );
  const expires_in = client.accessTokenSeconds;
  return { kind: 'issued', answer: { access_token, expires_in, token_type: 'Bearer' } };
}
