import type { Account } from '../users';

/** The members with which GetUser and GetUserAuthFactors describe a user's second factors. */
interface MfaMembers {
  PreferredMfaSetting?: string;
  UserMFASettingList?: readonly string[];
}

/**
 * Describes a user's second factors. Both members are absent while none is on (API reference).
 *
 * @param account the user
 */
export function mfaMembers({ mfa }: Account): MfaMembers {
  if (!mfa?.enabled) return {};
  return {
    ...(mfa.preferred && { PreferredMfaSetting: 'SOFTWARE_TOKEN_MFA' }),
    UserMFASettingList: ['SOFTWARE_TOKEN_MFA'],
  };
}
