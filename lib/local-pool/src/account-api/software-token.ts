import { type Caller, callerOf, notAuthorized } from '../caller';
import { length, matching, present, refuseViolations } from '../constraints';
import { type Refused, refused } from '../exceptions';
import { missingParameter, operation } from '../operation';
import type { PoolState } from '../state';
import { newTotpSecret, totpStep } from '../totp';

/** Both operations take the session of an unfinished API sign-in instead, which no client has here. */
interface Owner {
  AccessToken?: string | undefined;
  Session?: string | undefined;
}

const OWNER = { AccessToken: 'string', Session: 'string' } as const;

/**
 * AssociateSoftwareToken of the JSON API: generates a secret. The app that a user already has works
 * until VerifySoftwareToken (API reference; an older developer guide says otherwise).
 */
export const associateSoftwareToken = operation(OWNER, (pool, input) => {
  const caller = ownerOf(pool, input);
  if (caller.kind === 'refused') return caller;
  caller.account.newAppSecret = newTotpSecret();
  return { kind: 'done', answer: { SecretCode: caller.account.newAppSecret } };
});

/**
 * VerifySoftwareToken of the JSON API: the first right code replaces the app that the user had. It
 * turns nothing on: SetUserMFAPreference does.
 */
export const verifySoftwareToken = operation(
  { ...OWNER, UserCode: 'string', FriendlyDeviceName: 'string' },
  (pool, input) => {
    const { UserCode, AccessToken, Session } = input;
    if (AccessToken !== undefined && Session !== undefined) {
      const message = 'Only one of AccessToken and Session is allowed.';
      return refused('InvalidParameterException', message);
    }
    const broken = refuseViolations([
      present('userCode', UserCode),
      matching('userCode', UserCode, '[0-9]+'),
      length('userCode', UserCode, 6, 6),
    ]);
    if (broken) return broken;
    const caller = ownerOf(pool, input);
    if (caller.kind === 'refused') return caller;
    const { account } = caller;
    const secret = account.newAppSecret;
    const used = secret === undefined ? null : totpStep(secret, UserCode ?? '', pool.now());
    if (secret === undefined || used === null) {
      const message = 'Code mismatch and fail enable Software Token MFA';
      return refused('EnableSoftwareTokenMFAException', message);
    }
    const { enabled = false, preferred = false } = account.mfa ?? {};
    account.mfa = { secret, lastStep: used, enabled, preferred };
    account.newAppSecret = undefined;
    return { kind: 'done', answer: { Status: 'SUCCESS' } };
  },
);

function ownerOf(pool: PoolState, { AccessToken, Session }: Owner): Caller | Refused {
  if (AccessToken === undefined) {
    return Session === undefined
      ? missingParameter('AccessToken')
      : notAuthorized('Invalid session for the user.');
  }
  const caller = callerOf(pool, AccessToken);
  if (caller.kind === 'refused' || pool.settings.mfa !== 'OFF') return caller;
  const message = 'Software Token MFA has not been enabled by the userPool.';
  return refused('SoftwareTokenMFANotFoundException', message);
}
