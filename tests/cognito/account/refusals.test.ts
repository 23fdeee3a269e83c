import { describe, expect, test } from 'vitest';
import type { Caller } from '@/lib/cognito/account/call';
import type { AccountResult } from '@/lib/cognito/account/operation';
import { canAddPasskey, deletePasskey, listPasskeys } from '@/lib/cognito/account/passkeys';
import { associateTotp, setTotp, verifyTotp } from '@/lib/cognito/account/totp';
import {
  changePassword,
  deleteUser,
  getAuthFactors,
  getUser,
  sendCode,
  updateAttributes,
  verifyAttribute,
} from '@/lib/cognito/account/user';
import { problemOf, refusing } from './support';

const OPERATIONS = {
  GetUser: getUser,
  GetUserAuthFactors: getAuthFactors,
  UpdateUserAttributes: (caller) => updateAttributes(caller, new Map([['name', 'Alice']])),
  VerifyUserAttribute: (caller) => verifyAttribute(caller, 'email', '123456'),
  GetUserAttributeVerificationCode: (caller) => sendCode(caller, 'email'),
  ChangePassword: (caller) => changePassword(caller, { previous: 'old', proposed: 'new' }),
  AssociateSoftwareToken: associateTotp,
  VerifySoftwareToken: (caller) => verifyTotp(caller, '123456'),
  SetUserMFAPreference: (caller) => setTotp(caller, 'preferred'),
  ListWebAuthnCredentials: listPasskeys,
  StartWebAuthnRegistration: canAddPasskey,
  DeleteWebAuthnCredential: (caller) => deletePasskey(caller, 'id'),
  DeleteUser: deleteUser,
} satisfies Record<string, (caller: Caller) => Promise<AccountResult<unknown>>>;

type Name = keyof typeof OPERATIONS;
const EVERY = Object.entries(OPERATIONS);

describe.each(EVERY)('every operation knows what is wrong with a session: %s', (_, operation) => {
  test.each([
    ['NotAuthorizedException', 'Invalid Access Token', 'signed_out'],
    ['NotAuthorizedException', 'Could not verify signature for Access Token', 'signed_out'],
    ['NotAuthorizedException', 'Access Token has expired', 'signed_out'],
    ['NotAuthorizedException', 'Access Token has been revoked', 'signed_out'],
    ['NotAuthorizedException', 'User is disabled.', 'signed_out'],
    ['NotAuthorizedException', 'Access Token does not have required scopes', 'missing_scope'],
    ['NotAuthorizedException', 'A sentence of a later version', 'unknown'],
    ['UserNotFoundException', 'User does not exist.', 'signed_out'],
    ['UserNotConfirmedException', 'User is not confirmed.', 'signed_out'],
    ['PasswordResetRequiredException', 'Password reset required for the user', 'reset_required'],
    ['TooManyRequestsException', 'Rate exceeded', 'throttled'],
    ['ForbiddenException', 'Request not allowed due to WAF block.', 'blocked'],
    ['OperationNotEnabledException', '', 'misconfigured'],
    ['InvalidParameterException', 'Something is wrong', 'invalid_value'],
    ['InternalErrorException', '', 'unavailable'],
    ['UnknownOperationException', '', 'unknown'],
    ['MissingAuthenticationTokenException', '', 'unknown'],
    ['AnExceptionOfALaterVersion', '', 'unknown'],
  ])('%s, %s: %s', async (name, message, problem) => {
    expect(await problemOf(operation(refusing(name, message).caller))).toBe(problem);
  });
});

test('an app client that is gone signs no user out, and a passkey that is gone is just that', async () => {
  for (const [name, operation] of EVERY) {
    const problem = await problemOf(operation(refusing('ResourceNotFoundException').caller));
    expect(problem, name).toBe(name === 'DeleteWebAuthnCredential' ? 'not_found' : 'misconfigured');
  }
});

const CONFORM = 'Password did not conform with policy: ';

/** An operation, Cognito's error and its message, and what a page gets. */
const REFUSALS: readonly [Name, string, string, string][] = [
  [
    'UpdateUserAttributes',
    'AliasExistsException',
    'An account with the given email already exists.',
    'taken',
  ],
  ['UpdateUserAttributes', 'CodeMismatchException', '', 'code_wrong'],
  ['UpdateUserAttributes', 'ExpiredCodeException', '', 'code_expired'],
  [
    'UpdateUserAttributes',
    'CodeDeliveryFailureException',
    'Email address is not verified.',
    'delivery_failed',
  ],
  ['UpdateUserAttributes', 'InvalidEmailRoleAccessPolicyException', '', 'delivery_failed'],
  ['UpdateUserAttributes', 'InvalidSmsRoleAccessPolicyException', '', 'delivery_failed'],
  ['UpdateUserAttributes', 'InvalidSmsRoleTrustRelationshipException', '', 'delivery_failed'],
  ['UpdateUserAttributes', 'UnexpectedLambdaException', '', 'refused_by_trigger'],
  [
    'UpdateUserAttributes',
    'UserLambdaValidationException',
    'CustomMessage failed with error No.',
    'refused_by_trigger',
  ],
  ['UpdateUserAttributes', 'InvalidLambdaResponseException', '', 'refused_by_trigger'],
  [
    'UpdateUserAttributes',
    'NotAuthorizedException',
    'A client attempted to write unauthorized attribute',
    'not_writable',
  ],
  [
    'UpdateUserAttributes',
    'SerializationException',
    'class java.lang.Integer can not be converted to an String',
    'invalid_value',
  ],
  [
    'UpdateUserAttributes',
    'InvalidParameterException',
    'Invalid email address format.',
    'invalid_value',
  ],
  [
    'UpdateUserAttributes',
    'InvalidParameterException',
    'Invalid phone number format.',
    'invalid_value',
  ],
  [
    'UpdateUserAttributes',
    'InvalidParameterException',
    'Invalid user attributes: phone_number: Required attribute cannot be deleted.',
    'value_required',
  ],
  [
    'UpdateUserAttributes',
    'InvalidParameterException',
    'Invalid attributes given, given_name is missing',
    'value_required',
  ],
  [
    'UpdateUserAttributes',
    'InvalidParameterException',
    'user.email: Attribute cannot be updated.',
    'not_writable',
  ],
  [
    'UpdateUserAttributes',
    'InvalidParameterException',
    'Attributes did not conform to the schema: Type for attribute {custom:x} could not be determined',
    'not_writable',
  ],
  [
    'UpdateUserAttributes',
    'InvalidParameterException',
    "1 validation error detected: Value 'user.email: Attribute cannot be updated.",
    'invalid_value',
  ],
  [
    'GetUserAttributeVerificationCode',
    'LimitExceededException',
    'Attempt limit exceeded, please try after some time.',
    'too_many_attempts',
  ],
  ['GetUserAttributeVerificationCode', 'CodeDeliveryFailureException', '', 'delivery_failed'],
  ['GetUserAttributeVerificationCode', 'UserLambdaValidationException', '', 'refused_by_trigger'],
  [
    'GetUserAttributeVerificationCode',
    'InvalidParameterException',
    'Invalid attribute name. Only phone_number and email can be verified.',
    'invalid_value',
  ],
  [
    'VerifyUserAttribute',
    'CodeMismatchException',
    'Invalid verification code provided, please try again.',
    'code_wrong',
  ],
  [
    'VerifyUserAttribute',
    'ExpiredCodeException',
    'Invalid code provided, please request a code again.',
    'code_expired',
  ],
  [
    'VerifyUserAttribute',
    'LimitExceededException',
    'Attempt limit exceeded, please try after some time.',
    'too_many_attempts',
  ],
  [
    'VerifyUserAttribute',
    'AliasExistsException',
    'An account with the given email already exists.',
    'taken',
  ],
  ['ChangePassword', 'NotAuthorizedException', 'Incorrect username or password.', 'wrong_password'],
  [
    'ChangePassword',
    'NotAuthorizedException',
    'User is not authorized to change password',
    'password_not_allowed',
  ],
  ['ChangePassword', 'NotAuthorizedException', 'Password attempts exceeded', 'too_many_attempts'],
  [
    'ChangePassword',
    'LimitExceededException',
    'Attempt limit exceeded, please try after some time.',
    'too_many_attempts',
  ],
  [
    'ChangePassword',
    'InvalidPasswordException',
    `${CONFORM}Password not long enough`,
    'password_policy: length',
  ],
  [
    'ChangePassword',
    'InvalidPasswordException',
    'Password did not conform to policy: Password not long enough',
    'password_policy: length',
  ],
  [
    'ChangePassword',
    'InvalidPasswordException',
    `${CONFORM}Password must have uppercase characters`,
    'password_policy: uppercase',
  ],
  [
    'ChangePassword',
    'InvalidPasswordException',
    `${CONFORM}Password must have lowercase characters`,
    'password_policy: lowercase',
  ],
  [
    'ChangePassword',
    'InvalidPasswordException',
    `${CONFORM}Password must have numeric characters`,
    'password_policy: number',
  ],
  [
    'ChangePassword',
    'InvalidPasswordException',
    `${CONFORM}Password must have symbol characters`,
    'password_policy: symbol',
  ],
  ['ChangePassword', 'InvalidPasswordException', 'Any other sentence', 'password_policy: unknown'],
  ['ChangePassword', 'PasswordHistoryPolicyViolationException', '', 'password_reused'],
  ['AssociateSoftwareToken', 'ConcurrentModificationException', '', 'conflict'],
  [
    'AssociateSoftwareToken',
    'SoftwareTokenMFANotFoundException',
    'Software Token MFA has not been enabled by the userPool.',
    'totp_not_available',
  ],
  [
    'VerifySoftwareToken',
    'EnableSoftwareTokenMFAException',
    'Code mismatch and fail enable Software Token MFA',
    'totp_code_wrong',
  ],
  ['VerifySoftwareToken', 'CodeMismatchException', '', 'totp_code_wrong'],
  ['VerifySoftwareToken', 'SoftwareTokenMFANotFoundException', '', 'totp_not_available'],
  ['VerifySoftwareToken', 'InvalidUserPoolConfigurationException', '', 'misconfigured'],
  [
    'SetUserMFAPreference',
    'InvalidParameterException',
    'User has not set up software token mfa',
    'totp_not_set_up',
  ],
  [
    'SetUserMFAPreference',
    'InvalidParameterException',
    'User does not have delivery config set to turn on SOFTWARE_TOKEN_MFA',
    'totp_not_set_up',
  ],
  [
    'SetUserMFAPreference',
    'InvalidParameterException',
    'User does not have a phone_number set to turn on SMS MFA',
    'invalid_value',
  ],
  ['ListWebAuthnCredentials', 'LimitExceededException', '', 'too_many_attempts'],
  ['ListWebAuthnCredentials', 'WebAuthnNotEnabledException', '', 'passkeys_not_available'],
  [
    'ListWebAuthnCredentials',
    'WebAuthnConfigurationMissingException',
    '',
    'passkeys_not_available',
  ],
  ['ListWebAuthnCredentials', 'WebAuthnChallengeNotFoundException', '', 'passkey_expired'],
  ['ListWebAuthnCredentials', 'WebAuthnRelyingPartyMismatchException', '', 'passkey_refused'],
  ['ListWebAuthnCredentials', 'WebAuthnClientMismatchException', '', 'passkey_refused'],
  ['ListWebAuthnCredentials', 'WebAuthnOriginNotAllowedException', '', 'passkey_refused'],
  ['ListWebAuthnCredentials', 'WebAuthnCredentialNotSupportedException', '', 'passkey_refused'],
  ['StartWebAuthnRegistration', 'WebAuthnNotEnabledException', '', 'passkeys_not_available'],
  ['StartWebAuthnRegistration', 'LimitExceededException', '', 'too_many_attempts'],
  ['DeleteWebAuthnCredential', 'LimitExceededException', '', 'too_many_attempts'],
];

test.each(REFUSALS)('%s, %s, %s: %s', async (operation, name, message, problem) => {
  expect(await problemOf(OPERATIONS[operation](refusing(name, message).caller))).toBe(problem);
});

test('a typo in the old password signs no user out, however Cognito words it', async () => {
  const messages = [
    'Incorrect username or password',
    'incorrect username or password.',
    'Wrong.',
    '',
  ];
  for (const message of messages) {
    const { caller } = refusing('NotAuthorizedException', message);
    expect(await problemOf(OPERATIONS.ChangePassword(caller)), message).not.toBe('signed_out');
  }
});
