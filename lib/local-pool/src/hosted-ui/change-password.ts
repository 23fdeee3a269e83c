import type { PoolState } from '../state';
import type { Account } from '../users';
import { endStepsOf } from './steps';

/**
 * Gives an account a password that its owner chose. No page shows it from then on.
 *
 * @param pool the pool
 * @param account whose
 * @param password checked against the policy
 */
export function changePassword(pool: PoolState, account: Account, password: string): void {
  account.password = password;
  account.passwordIsPublished = false;
  account.status = 'CONFIRMED';
  endStepsOf(pool, account.username);
}
