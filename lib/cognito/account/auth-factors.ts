import { type Caller, call } from './call';
import { textsOf } from './members';
import { type MfaFactors, mfaFactors } from './mfa-factors';
import type { AccountResult } from './problems';

/** How a user can sign in. */
export interface AuthFactors {
  /** `PASSWORD`, `EMAIL_OTP`, `SMS_OTP`, `WEB_AUTHN`, `SOFTWARE_TOKEN`, or newer ones. */
  readonly configured: readonly string[];
  readonly mfa: MfaFactors;
}

/**
 * Lists the factors that the user can sign in with.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUserAuthFactors.html
 *
 * @param caller the user
 */
export function getAuthFactors(caller: Caller): Promise<AccountResult<AuthFactors>> {
  return call(caller, 'GetUserAuthFactors', {}, (body) => ({
    configured: textsOf(body, 'ConfiguredUserAuthFactors'),
    mfa: mfaFactors(body),
  }));
}
