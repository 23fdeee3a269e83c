import type { PoolState } from '../state';

/**
 * Counts a user's active sessions: sign-ins whose refresh token is neither revoked nor expired. The
 * sessions of a disabled user count too, because they work again once the user is enabled.
 *
 * @param pool the pool
 * @param username case-insensitive
 */
export function activeSignIns(pool: PoolState, username: string): number {
  const name = username.toLowerCase();
  const active = [...pool.grants.values()].filter(
    (grant) =>
      grant.username.toLowerCase() === name &&
      !grant.revoked &&
      pool.now() < grant.refreshExpiresAt,
  );
  return active.length;
}
