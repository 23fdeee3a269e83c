import { type Refused, refused } from '../exceptions';
import { EMPTY, selfService } from '../self-service';
import type { PoolState } from '../state';
import type { Account } from '../users';

const SETTINGS = { Enabled: 'boolean', PreferredMfa: 'boolean' } as const;

interface Wanted {
  readonly Enabled?: boolean | undefined;
  readonly PreferredMfa?: boolean | undefined;
}

/**
 * SetUserMFAPreference of the JSON API: turns the user's authenticator app on and off. It leaves a
 * factor alone that the request doesn't mention. There are no other factors here.
 */
export const setUserMfaPreference = selfService({
  members: {
    SoftwareTokenMfaSettings: SETTINGS,
    SMSMfaSettings: SETTINGS,
    EmailMfaSettings: SETTINGS,
    WebAuthnMfaSettings: { Enabled: 'boolean' },
  },
  run({ pool, account, input }) {
    const { SoftwareTokenMfaSettings, SMSMfaSettings, EmailMfaSettings } = input;
    if (SMSMfaSettings?.Enabled && !account.attributes.has('phone_number')) {
      return invalid('User does not have a phone_number set to turn on SMS MFA');
    }
    if (SMSMfaSettings?.Enabled) return noDelivery('SMS_MFA');
    if (EmailMfaSettings?.Enabled) return noDelivery('EMAIL_OTP');
    if (input.WebAuthnMfaSettings?.Enabled) return noDelivery('WEB_AUTHN');
    if (SoftwareTokenMfaSettings === undefined) return EMPTY;
    return setApp(pool, account, SoftwareTokenMfaSettings) ?? EMPTY;
  },
});

function setApp(pool: PoolState, account: Account, wanted: Wanted): Refused | null {
  const { Enabled = false, PreferredMfa = false } = wanted;
  if (pool.settings.mfa === 'OFF') return noDelivery('SOFTWARE_TOKEN_MFA');
  // Also for `Enabled: false`, which clients must leave out for users without an app.
  if (!account.mfa) return invalid('User has not set up software token mfa');
  if (pool.settings.mfa === 'ON' && !Enabled) {
    return invalid('MFA is required in this user pool and cannot be turned off.');
  }
  account.mfa.enabled = Enabled;
  account.mfa.preferred = Enabled && PreferredMfa;
  return null;
}

function noDelivery(factor: string): Refused {
  return invalid(`User does not have delivery config set to turn on ${factor}`);
}

function invalid(message: string): Refused {
  return refused('InvalidParameterException', message);
}
