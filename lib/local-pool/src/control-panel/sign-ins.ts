import type { PoolState } from '../state';

/**
 * How many sign-ins of a person can still be refreshed: one for each browser that finished one and
 * did not sign out. A disabled person's count, too: they work again once enabled.
 *
 * @param pool the pool
 * @param username as seeded
 */
export function livingSignIns(pool: PoolState, username: string): number {
  const name = username.toLowerCase();
  const living = [...pool.grants.values()].filter(
    (grant) =>
      grant.username.toLowerCase() === name &&
      !grant.revoked &&
      pool.now() < grant.refreshExpiresAt,
  );
  return living.length;
}
