import { randomUUID } from 'node:crypto';
import { type AuthorizationRequest, toCallback } from './authorization-request';
import { issueTokens } from './issue';
import { mayReadScopes } from './readable-attributes';
import type { Grant, PoolState } from './state';
import type { Account } from './users';

/**
 * The implicit flow: tokens in the fragment of the callback URL, in the order of facts, section 2.
 * There is no refresh token, and no ID token without `openid`.
 *
 * Errors are in the query, as in the code flow. Whether Cognito does the same is unconfirmed.
 *
 * @param pool the pool
 * @param request the authorization request
 * @param account the user
 * @param signIn when the user signed in, in epoch seconds, and the nonce for the ID token
 * @returns the callback URL
 */
export async function grantTokens(
  pool: PoolState,
  request: AuthorizationRequest,
  account: Account,
  signIn: { authTime: number; nonce: string | undefined },
): Promise<string> {
  const { client, redirectUri, scopes, state } = request;
  if (!mayReadScopes(client, scopes)) {
    return toCallback(redirectUri, { error: 'invalid_grant', state });
  }
  const grant: Grant = {
    id: randomUUID(),
    clientId: client.clientId,
    username: account.username,
    scopes,
    authTime: signIn.authTime,
    resource: request.resource,
    refreshExpiresAt: pool.now(),
    revoked: false,
    refreshTokens: new Map(),
  };
  pool.grants.set(grant.id, grant);
  const issued = await issueTokens(pool, { grant, client, account, nonce: signIn.nonce });
  if (issued.kind === 'error') {
    const { error, description } = issued;
    const told = description === undefined ? {} : { error_description: description };
    return toCallback(redirectUri, { ...told, error, state });
  }
  const { id_token, access_token, expires_in } = issued.answer;
  const fragment = new URLSearchParams({
    ...(id_token === undefined ? {} : { id_token }),
    access_token,
    token_type: 'bearer',
    expires_in: String(expires_in),
    ...(state === undefined ? {} : { state }),
  });
  return `${redirectUri}#${fragment}`;
}
