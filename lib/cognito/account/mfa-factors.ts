import { textOf, textsOf } from './members';

/** The second factors of a user: `SOFTWARE_TOKEN_MFA`, `SMS_MFA`, `EMAIL_OTP`, or newer ones. */
export interface MfaFactors {
  /** Those that are turned on. */
  readonly enabled: readonly string[];
  /** The one that the hosted UI asks for first. */
  readonly preferred: string | undefined;
}

/**
 * Parses the factors that `GetUser` and `GetUserAuthFactors` return. Cognito leaves both members out
 * if no factor is on.
 *
 * @param body of the response
 */
export function mfaFactors(body: unknown): MfaFactors {
  return {
    enabled: textsOf(body, 'UserMFASettingList'),
    preferred: textOf(body, 'PreferredMfaSetting'),
  };
}
