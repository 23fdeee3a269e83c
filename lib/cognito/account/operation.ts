/** The operations that a user may call with an access token alone. */
export type Operation =
  | 'AssociateSoftwareToken'
  | 'ChangePassword'
  | 'DeleteUser'
  | 'DeleteWebAuthnCredential'
  | 'GetUser'
  | 'GetUserAttributeVerificationCode'
  | 'GetUserAuthFactors'
  | 'ListWebAuthnCredentials'
  | 'SetUserMFAPreference'
  | 'StartWebAuthnRegistration'
  | 'UpdateUserAttributes'
  | 'VerifySoftwareToken'
  | 'VerifyUserAttribute';

/** These change nothing, and a page waits for them. */
const READS: ReadonlySet<Operation> = new Set<Operation>([
  'GetUser',
  'GetUserAuthFactors',
  'ListWebAuthnCredentials',
  'StartWebAuthnRegistration',
]);

/**
 * Returns how long an operation may take, in milliseconds. A change may run Lambda triggers, which
 * have 5 seconds each, and send a message. If the site stopped waiting too early, it would report a
 * failure while the change happens.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html
 *
 * @param operation to call
 */
export function timeOutOf(operation: Operation): number {
  return READS.has(operation) ? 4000 : 10_000;
}

/** Why the user pool didn't do what a user asked for. Pages choose the words by this code. */
export type AccountProblem =
  /** The access token is invalid, expired or revoked, or its user is deleted or disabled. */
  | 'signed_out'
  /** The access token lacks `aws.cognito.signin.user.admin`. A refresh doesn't add it; a sign-in does. */
  | 'missing_scope'
  /** An administrator reset the password: the user must choose one on the hosted UI. */
  | 'reset_required'
  | 'wrong_password'
  | 'password_policy'
  | 'password_reused'
  /** The user signs in with an identity provider and has no password here. */
  | 'password_not_allowed'
  /** The app client may not write an attribute, or it doesn't exist, or it can't change. */
  | 'not_writable'
  /** An attribute that the user pool requires would be empty. */
  | 'value_required'
  | 'invalid_value'
  /** Another account has this e-mail address, phone number or name. */
  | 'taken'
  | 'code_wrong'
  /** Also if no code was requested, or if a newer one replaced it. */
  | 'code_expired'
  | 'delivery_failed'
  | 'totp_code_wrong'
  /** The user pool has MFA with authenticator apps turned off. */
  | 'totp_not_available'
  /** The user has verified no authenticator app, so it can't be turned on or off. */
  | 'totp_not_set_up'
  | 'passkeys_not_available'
  /** The browser's new passkey doesn't match the user pool's settings. */
  | 'passkey_refused'
  /** The registration of a passkey wasn't started, or took too long. */
  | 'passkey_expired'
  /** There is no such passkey. */
  | 'not_found'
  /** The same user's other request got in the way: once more may work. */
  | 'conflict'
  /** This user tried too often, and has to wait. */
  | 'too_many_attempts'
  /** All users of the user pool together sent too many requests. */
  | 'throttled'
  | 'refused_by_trigger'
  /** A web application firewall (AWS WAF) refused the request. */
  | 'blocked'
  /** The user pool or the app client isn't set up for this operation. */
  | 'misconfigured'
  /** No usable response. A change may have happened nevertheless. */
  | 'unavailable'
  | 'unknown';

/** The rule of the password policy that a new password breaks. Cognito reports one at a time. */
export type PasswordRule = 'length' | 'uppercase' | 'lowercase' | 'number' | 'symbol' | 'unknown';

/**
 * A problem, and for the operator's log its `detail`: the error's name, an HTTP status or what
 * happened to the connection. Neither ever contains a value that the user entered.
 */
export type AccountFailure =
  | {
      readonly ok: false;
      readonly problem: Exclude<AccountProblem, 'password_policy'>;
      readonly detail: string;
    }
  | {
      readonly ok: false;
      readonly problem: 'password_policy';
      readonly rule: PasswordRule;
      readonly detail: string;
    };

/** The result of an operation. */
export type AccountResult<T> = { readonly ok: true; readonly data: T } | AccountFailure;
