import { createHash, randomUUID } from 'node:crypto';
import { type GrantResult, issueTokens } from './issue';
import { mayReadScopes } from './readable-attributes';
import type { AppClient } from './settings';
import type { CodeRecord, Grant, PoolState } from './state';

/**
 * Redeems an authorization code.
 *
 * The code is removed before anything is awaited or compared. Of two concurrent exchanges only one
 * succeeds, and a failed exchange invalidates the code too (facts, section 4).
 *
 * @param pool the pool
 * @param client the authenticated client
 * @param form `code`, `redirect_uri`, `code_verifier`
 */
export async function redeemCode(
  pool: PoolState,
  client: AppClient,
  form: URLSearchParams,
): Promise<GrantResult> {
  const code = form.get('code') ?? '';
  if (code === '') return { kind: 'error', error: 'invalid_request' };
  const record = pool.codes.get(code);
  pool.codes.delete(code);

  if (!client.codeFlow) return { kind: 'error', error: 'unauthorized_client' };
  const redirectUri = form.get('redirect_uri') ?? '';
  if (redirectUri === '') return { kind: 'error', error: 'invalid_request' };
  if (!record || record.clientId !== client.clientId || pool.now() >= record.expiresAt) {
    return { kind: 'error', error: 'invalid_grant' };
  }
  if (redirectUri !== record.redirectUri) {
    return { kind: 'error', error: 'unauthorized_client', description: 'invalid_redirect' };
  }
  const pkceError = checkVerifier(record, form.get('code_verifier'));
  if (pkceError !== null) return { kind: 'error', error: pkceError };
  const account = pool.users.find(record.username);
  if (!account?.enabled) return { kind: 'error', error: 'invalid_grant' };
  if (!mayReadScopes(client, record.scopes)) return { kind: 'error', error: 'invalid_grant' };

  const refreshTokenId = randomUUID();
  const grant = openGrant(pool, client, record, refreshTokenId);
  const to = { grant, client, account, nonce: record.nonce, refreshTokenId };
  return await issueTokens(pool, to);
}

/**
 * Creates the grant of a sign-in, with its first refresh token.
 *
 * @param pool the pool
 * @param client the app client
 * @param record who signed in, when, and with which scopes
 * @param refreshTokenId the id of the first refresh token
 */
export function openGrant(
  pool: PoolState,
  client: AppClient,
  record: Pick<CodeRecord, 'username' | 'scopes' | 'authTime' | 'resource'>,
  refreshTokenId: string,
): Grant {
  const grant: Grant = {
    id: randomUUID(),
    clientId: client.clientId,
    username: record.username,
    scopes: record.scopes,
    authTime: record.authTime,
    resource: record.resource,
    refreshExpiresAt: pool.now() + client.refreshTokenSeconds,
    revoked: false,
    refreshTokens: new Map([[refreshTokenId, {}]]),
  };
  pool.grants.set(grant.id, grant);
  return grant;
}

/**
 * PKCE, RFC 7636. A wrong or missing verifier is `invalid_request`, as AWS staff reported. A
 * verifier without a challenge is undocumented and rejected here (facts, section 4).
 */
function checkVerifier(
  record: CodeRecord,
  verifier: string | null,
): 'invalid_request' | 'invalid_grant' | null {
  if (record.codeChallenge === undefined) return verifier === null ? null : 'invalid_grant';
  const challenge = createHash('sha256')
    .update(verifier ?? '')
    .digest('base64url');
  return challenge === record.codeChallenge ? null : 'invalid_request';
}
