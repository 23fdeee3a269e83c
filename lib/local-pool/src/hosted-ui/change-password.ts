import type { PoolState } from '../state';
import type { Account } from '../users';
import { endStepsOf } from './steps';

/**
 * Sets a password that the user chose. The pages no longer show the password of this user.
 *
 * @param pool the pool
 * @param account the user's account
 * @param password already checked against the policy
 */
export function changePassword(pool: PoolState, account: Account, password: string): void {
  account.password = password;
  account.passwordIsPublished = false;
  account.status = 'CONFIRMED';
  endStepsOf(pool, account.username);
}
