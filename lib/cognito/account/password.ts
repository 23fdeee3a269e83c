import { type Caller, call, nothing } from './call';
import type { AccountResult } from './problems';

/**
 * Changes the user's password. Active sessions and tokens remain valid: offer to sign out everywhere.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ChangePassword.html
 *
 * @param caller the user, who signed in a short time ago: a user without a password needs no old one
 * @param passwords exactly as entered: the new one, and the old one, or undefined if
 *   `getAuthFactors` doesn't list `PASSWORD`
 */
export function changePassword(
  caller: Caller,
  passwords: { previous: string | undefined; proposed: string },
): Promise<AccountResult<null>> {
  const { previous, proposed } = passwords;
  const request = {
    ProposedPassword: proposed,
    ...(previous === undefined ? {} : { PreviousPassword: previous }),
  };
  return call(caller, 'ChangePassword', request, nothing);
}
