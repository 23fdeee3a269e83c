import { type Caller, call, nothing } from './call';
import type { AccountFailure, AccountResult } from './operation';
import { listOf, memberOf, textOf, textsOf } from './response';

/** A user as the user pool knows it now, not as of the last ID token. */
export interface AccountUser {
  readonly username: string;
  /** By name, and only those that the app client may read. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly factors: MfaFactors;
}

/** The attributes to which Cognito sends codes. */
export type CodeAttribute = 'email' | 'phone_number';

/**
 * Gets the user's attributes and factors.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUser.html
 *
 * @param caller the user
 */
export function getUser(caller: Caller): Promise<AccountResult<AccountUser>> {
  return call(caller, 'GetUser', {}, (body) => {
    const username = textOf(body, 'Username');
    if (username === undefined) return undefined;
    return { username, attributes: attributesOf(body), factors: mfaFactors(body) };
  });
}

/**
 * Changes attributes. Pass only those that change: one that the app client may not write makes
 * Cognito refuse all. Refresh the session afterwards, or the ID token keeps the old values.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserAttributes.html
 *
 * @param caller the user
 * @param changes new values by name; an empty one deletes the attribute
 * @returns where codes were sent, if the change needs any. Nothing is sent for no changes
 */
export async function updateAttributes(
  caller: Caller,
  changes: ReadonlyMap<string, string>,
): Promise<AccountResult<readonly CodeDelivery[]>> {
  if (changes.size === 0) return { ok: true, data: [] };
  const UserAttributes = [...changes].map(([Name, Value]) => ({ Name, Value }));
  return call(caller, 'UpdateUserAttributes', { UserAttributes }, (body) =>
    listOf(body, 'CodeDeliveryDetailsList').map(codeDelivery),
  );
}

/**
 * Confirms an e-mail address or phone number with the code that was sent to it. It may be `taken`
 * only now, when it would replace the old one.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_VerifyUserAttribute.html
 *
 * @param caller the user
 * @param attribute the one that the code was sent to
 * @param code as the user entered it; spaces don't count
 */
export async function verifyAttribute(
  caller: Caller,
  attribute: CodeAttribute,
  code: string,
): Promise<AccountResult<null>> {
  const Code = code.replace(/\s/g, '');
  // Cognito would refuse it as an invalid parameter, and repeat it in the message.
  if (Code === '' || Code.length > 2048) return wrongCode();
  return call(caller, 'VerifyUserAttribute', { AttributeName: attribute, Code }, nothing);
}

/**
 * Sends a code to an e-mail address or phone number that isn't verified yet. While a change is
 * pending, repeat `updateAttributes` instead: the API knows only the attribute's name, and may send
 * the code to the old address.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUserAttributeVerificationCode.html
 *
 * @param caller the user
 * @param attribute the one to verify
 */
export function sendCode(
  caller: Caller,
  attribute: CodeAttribute,
): Promise<AccountResult<CodeDelivery>> {
  const request = { AttributeName: attribute };
  return call(caller, 'GetUserAttributeVerificationCode', request, (body) =>
    codeDelivery(memberOf(body, 'CodeDeliveryDetails')),
  );
}

function attributesOf(body: unknown): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  for (const item of listOf(body, 'UserAttributes')) {
    const name = textOf(item, 'Name');
    const value = textOf(item, 'Value');
    if (name !== undefined && value !== undefined) attributes.set(name, value);
  }
  return attributes;
}

function wrongCode(): AccountFailure {
  return { ok: false, problem: 'code_wrong', detail: 'not a code' };
}

/** The second factors of a user: `SOFTWARE_TOKEN_MFA`, `SMS_MFA`, `EMAIL_OTP`, or newer ones. */
interface MfaFactors {
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
function mfaFactors(body: unknown): MfaFactors {
  return {
    enabled: textsOf(body, 'UserMFASettingList'),
    preferred: textOf(body, 'PreferredMfaSetting'),
  };
}

/** Where Cognito sent a code. */
interface CodeDelivery {
  /** The attribute to verify, e.g. `email`. */
  readonly attribute: string | undefined;
  readonly medium: 'EMAIL' | 'SMS' | undefined;
  /** Masked, e.g. `a***@e***`: only to show it. */
  readonly destination: string | undefined;
}

/**
 * Parses `CodeDeliveryDetailsType`, whose members are all optional.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CodeDeliveryDetailsType.html
 *
 * @param details from a response
 */
function codeDelivery(details: unknown): CodeDelivery {
  const medium = textOf(details, 'DeliveryMedium');
  return {
    attribute: textOf(details, 'AttributeName'),
    medium: medium === 'EMAIL' || medium === 'SMS' ? medium : undefined,
    destination: textOf(details, 'Destination'),
  };
}

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
