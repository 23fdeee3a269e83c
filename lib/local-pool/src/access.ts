import { tokenDigest } from './issue';
import type { Grant, PoolState } from './state';
import type { Account } from './users';

/** What is known of a token that the pool issued and that hasn't expired. */
interface Issued {
  grant: Grant;
  scopes: readonly string[];
}

export type AccessCheck =
  | ({ kind: 'valid'; account: Account } & Issued)
  | ({ kind: 'deleted' } & Issued)
  | ({ kind: 'disabled' } & Issued)
  | ({ kind: 'revoked' } & Issued)
  | { kind: 'unknown' }
  | { kind: 'expired' };

/**
 * Checks an access token as userInfo and the API do. Unlike offline verification, this detects
 * revocation and a deleted or disabled user (facts, section 5).
 *
 * @param pool the pool
 * @param token the token that the client sent
 */
export function checkAccessToken(pool: PoolState, token: string): AccessCheck {
  const record = pool.accessTokens.get(tokenDigest(token));
  const grant = record && pool.grants.get(record.grantId);
  if (!record || !grant) return { kind: 'unknown' };
  if (pool.now() >= record.expiresAt) return { kind: 'expired' };
  const { scopes } = record;
  const account = pool.users.find(grant.username);
  if (!account) return { kind: 'deleted', grant, scopes };
  if (!account.enabled) return { kind: 'disabled', grant, scopes };
  if (grant.revoked) return { kind: 'revoked', grant, scopes };
  return { kind: 'valid', account, grant, scopes };
}

/**
 * Ends every sign-in of a user, as GlobalSignOut and AdminUserGlobalSignOut do: it revokes all
 * refresh tokens, and userInfo rejects the access tokens. The hosted UI's session stays.
 *
 * @param pool the pool
 * @param username case-insensitive; an unknown name does nothing
 */
export function endAllGrants(pool: PoolState, username: string): void {
  const name = username.toLowerCase();
  for (const grant of pool.grants.values()) {
    if (grant.username.toLowerCase() === name) grant.revoked = true;
  }
}
