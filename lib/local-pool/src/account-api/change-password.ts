import { notAuthorized } from '../caller';
import { length, matching, present } from '../constraints';
import { type Refused, refused } from '../exceptions';
import { changePassword as setPassword } from '../hosted-ui/change-password';
import { missingParameter } from '../operation';
import { passwordFault } from '../password-policy';
import { LIMIT_EXCEEDED } from '../rate-limits';
import { EMPTY, selfService } from '../self-service';
import type { PoolState } from '../state';
import type { Account } from '../users';

/** No space at either end. The API reference says `[\S]+`, but spaces inside are accepted. */
const PASSWORD = '\\S(.*\\S)?';

/**
 * ChangePassword of the JSON API. Tokens and the hosted session stay valid. Whether Cognito checks
 * the policy or the old password first isn't documented.
 */
export const changePassword = selfService({
  members: { PreviousPassword: 'string', ProposedPassword: 'string' },
  check: ({ PreviousPassword, ProposedPassword }) => [
    matching('previousPassword', PreviousPassword, PASSWORD),
    length('previousPassword', PreviousPassword, 0, 256),
    present('proposedPassword', ProposedPassword),
    matching('proposedPassword', ProposedPassword, PASSWORD),
    length('proposedPassword', ProposedPassword, 0, 256),
  ],
  run({ pool, account, input: { PreviousPassword, ProposedPassword = '' } }) {
    const problem = refusePrevious(pool, account, PreviousPassword);
    if (problem) return problem;
    const fault = passwordFault(pool.settings.passwordPolicy, ProposedPassword);
    if (fault !== null) return refused('InvalidPasswordException', fault);
    setPassword(pool, account, ProposedPassword);
    return EMPTY;
  },
});

function refusePrevious(
  pool: PoolState,
  account: Account,
  previous: string | undefined,
): Refused | null {
  if (account.password === undefined) {
    return account.identities.length > 0
      ? notAuthorized('User is not authorized to change password')
      : null;
  }
  if (previous === undefined) return missingParameter('PreviousPassword');
  if (!pool.rateLimits.allow('change-password', account.sub)) {
    return refused('LimitExceededException', LIMIT_EXCEEDED);
  }
  return account.password === previous ? null : notAuthorized('Incorrect username or password.');
}
