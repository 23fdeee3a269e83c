import { type Caller, call, nothing } from './call';
import { type CodeDelivery, codeDelivery } from './code-delivery';
import { listOf, memberOf, textOf } from './members';
import { type MfaFactors, mfaFactors } from './mfa-factors';
import type { AccountFailure, AccountResult } from './problems';

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
