import { type Caller, call, nothing } from './call';
import type { AccountResult } from './problems';

/**
 * Deletes the user from the user pool, for good. The hosted UI's own session remains: send the
 * browser to its `/logout` afterwards.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteUser.html
 *
 * @param caller the user, who signed in a short time ago
 * @returns after `unavailable`, the user may be deleted nevertheless; `getUser` tells
 */
export function deleteUser(caller: Caller): Promise<AccountResult<null>> {
  return call(caller, 'DeleteUser', {}, nothing);
}
