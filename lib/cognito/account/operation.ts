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
