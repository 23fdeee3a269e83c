import { randomUUID } from 'node:crypto';
import { type GrantResult, issueTokens } from './issue';
import { mayReadScopes } from './readable-attributes';
import { openRefreshToken } from './refresh-token';
import type { AppClient } from './settings';
import type { Grant, PoolState } from './state';

const INVALID_GRANT = { kind: 'error', error: 'invalid_grant' } as const;

/**
 * Redeems a refresh token. The new tokens have current attributes and groups, and the same
 * `auth_time`, `origin_jti` and scopes, but no nonce (facts, section 5; OpenID Connect Core 12.2).
 *
 * @param pool the pool
 * @param client the authenticated client
 * @param form `refresh_token`
 * @param over where the client sent it
 */
export async function redeemRefreshToken(
  pool: PoolState,
  client: AppClient,
  form: URLSearchParams,
  over: 'token endpoint' | 'api' = 'token endpoint',
): Promise<GrantResult> {
  const token = form.get('refresh_token') ?? '';
  if (token === '') return { kind: 'error', error: 'invalid_request' };
  const content = openRefreshToken(token, pool.refreshTokenSecret);
  if (!content) return INVALID_GRANT;

  // Nothing is awaited until the token is spent, so concurrent requests spend it in turn.
  const grant = pool.grants.get(content.grantId);
  if (!grant || grant.revoked || grant.clientId !== client.clientId) return INVALID_GRANT;
  if (pool.now() >= grant.refreshExpiresAt) return INVALID_GRANT;
  const account = pool.users.find(grant.username);
  if (!account?.enabled || !mayReadScopes(client, grant.scopes)) return INVALID_GRANT;

  const spent = spendRefreshToken(pool, client, grant, content.tokenId);
  if (spent.kind === 'invalid') return INVALID_GRANT;
  if (spent.kind === 'reused') return { ...INVALID_GRANT, reused: true };
  const refreshTokenId = spent.nextTokenId;
  return await issueTokens(pool, { grant, client, account, refreshTokenId, over, isRefresh: true });
}

type Spent = { kind: 'invalid' } | { kind: 'reused' } | { kind: 'valid'; nextTokenId?: string };

/**
 * Rotation (facts, section 5): the first use replaces a token, which then only works for the grace
 * period. Each use within it returns a different new token; whether Cognito would return the same
 * one isn't documented. A new token expires when the first one would have.
 */
function spendRefreshToken(
  pool: PoolState,
  client: AppClient,
  grant: Grant,
  tokenId: string,
): Spent {
  const token = grant.refreshTokens.get(tokenId);
  if (!token) return { kind: 'invalid' };
  const { rotation } = client;
  const graceEnds = (token.replacedAt ?? pool.now()) + (rotation?.graceSeconds ?? 0);
  if (token.replacedAt !== undefined && pool.now() >= graceEnds) {
    if (rotation?.reuseRevokesFamily) grant.revoked = true;
    return { kind: 'reused' };
  }
  if (!rotation) return { kind: 'valid' };

  token.replacedAt ??= pool.now();
  const nextTokenId = randomUUID();
  grant.refreshTokens.set(nextTokenId, {});
  return { kind: 'valid', nextTokenId };
}
