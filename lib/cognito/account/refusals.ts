import type { AccountFailure, AccountProblem, Operation, PasswordRule } from './operation';
import type { ServiceError } from './response';

type Problem = Exclude<AccountProblem, 'password_policy'>;

/** The errors whose name alone says what happened. */
const BY_NAME: ReadonlyMap<string, Problem> = new Map<string, Problem>([
  ['AliasExistsException', 'taken'],
  ['CodeDeliveryFailureException', 'delivery_failed'],
  ['CodeMismatchException', 'code_wrong'],
  ['ConcurrentModificationException', 'conflict'],
  ['EnableSoftwareTokenMFAException', 'totp_code_wrong'],
  ['ExpiredCodeException', 'code_expired'],
  ['ForbiddenException', 'blocked'],
  ['InternalErrorException', 'unavailable'],
  ['InvalidEmailRoleAccessPolicyException', 'delivery_failed'],
  ['InvalidLambdaResponseException', 'refused_by_trigger'],
  ['InvalidSmsRoleAccessPolicyException', 'delivery_failed'],
  ['InvalidSmsRoleTrustRelationshipException', 'delivery_failed'],
  ['InvalidUserPoolConfigurationException', 'misconfigured'],
  ['LimitExceededException', 'too_many_attempts'],
  ['OperationNotEnabledException', 'misconfigured'],
  ['PasswordHistoryPolicyViolationException', 'password_reused'],
  ['PasswordResetRequiredException', 'reset_required'],
  // The app client or the user pool is gone. A new sign-in wouldn't work either.
  ['ResourceNotFoundException', 'misconfigured'],
  ['SerializationException', 'invalid_value'],
  ['SoftwareTokenMFANotFoundException', 'totp_not_available'],
  ['TooManyRequestsException', 'throttled'],
  ['UnexpectedLambdaException', 'refused_by_trigger'],
  ['UserLambdaValidationException', 'refused_by_trigger'],
  ['UserNotConfirmedException', 'signed_out'],
  ['UserNotFoundException', 'signed_out'],
  ['WebAuthnChallengeNotFoundException', 'passkey_expired'],
  ['WebAuthnClientMismatchException', 'passkey_refused'],
  ['WebAuthnConfigurationMissingException', 'passkeys_not_available'],
  ['WebAuthnCredentialNotSupportedException', 'passkey_refused'],
  ['WebAuthnNotEnabledException', 'passkeys_not_available'],
  ['WebAuthnOriginNotAllowedException', 'passkey_refused'],
  ['WebAuthnRelyingPartyMismatchException', 'passkey_refused'],
]);

/** Where the same name means something else. */
const BY_OPERATION: ReadonlyMap<string, Problem> = new Map<string, Problem>([
  ['VerifySoftwareToken CodeMismatchException', 'totp_code_wrong'],
  ['DeleteWebAuthnCredential ResourceNotFoundException', 'not_found'],
]);

/**
 * `NotAuthorizedException` has these meanings, and only its message tells them apart. An unknown
 * message must not sign the user out: it may be a new wording for a wrong password.
 */
const NOT_AUTHORIZED: readonly (readonly [RegExp, Problem])[] = [
  [/^access token does not have required scopes/i, 'missing_scope'],
  [/^(invalid access token|could not verify signature for access token)/i, 'signed_out'],
  [/^access token has (expired|been revoked)/i, 'signed_out'],
  [/^user is disabled/i, 'signed_out'],
  [/^incorrect username or password/i, 'wrong_password'],
  [/^password attempts exceeded/i, 'too_many_attempts'],
  [/^user is not authorized to change password/i, 'password_not_allowed'],
  [/^a client attempted to write unauthorized attribute/i, 'not_writable'],
];

/**
 * The messages of `InvalidParameterException` that say more than "invalid". The first kind repeats
 * the value that the user entered, so none of the others is looked for in it.
 */
const INVALID_PARAMETER: readonly (readonly [RegExp, Problem])[] = [
  [/^\d+ validation errors? detected/i, 'invalid_value'],
  [/required attribute cannot be deleted\.?$/i, 'value_required'],
  [/^invalid attributes given, [\w:-]+ is missing\.?$/i, 'value_required'],
  [/attribute cannot be updated\.?$/i, 'not_writable'],
  [
    /^attributes did not conform to the schema: type for attribute \S+ could not be /i,
    'not_writable',
  ],
  [/^user has not set up software token mfa/i, 'totp_not_set_up'],
  [/^user does not have delivery config set to turn on software_token_mfa/i, 'totp_not_set_up'],
];

/** After "Password did not conform with policy", in words that have changed over the years. */
const PASSWORD_RULES: readonly (readonly [RegExp, PasswordRule])[] = [
  [/\blong\b/i, 'length'],
  [/\buppercase\b/i, 'uppercase'],
  [/\blowercase\b/i, 'lowercase'],
  [/\bnumeric\b|\bnumbers?\b/i, 'number'],
  [/\bsymbols?\b/i, 'symbol'],
];

/**
 * Translates an error of the user pools API. The error's message stays here: it may repeat what the
 * user entered.
 *
 * @param operation that was called
 * @param error from the response
 * @param status of the response; only counts if the error's name is unknown
 * @returns the problem, with the error's name for the log
 */
export function failureOf(
  operation: Operation,
  { name, message }: ServiceError,
  status: number,
): AccountFailure {
  if (name === 'InvalidPasswordException') {
    const rule = firstMatch(PASSWORD_RULES, message) ?? 'unknown';
    return { ok: false, problem: 'password_policy', rule, detail: name };
  }
  const problem = problemOf(operation, name, message);
  return {
    ok: false,
    problem: problem ?? (status >= 500 ? 'unavailable' : 'unknown'),
    detail: name,
  };
}

function problemOf(operation: Operation, name: string, message: string): Problem | undefined {
  if (name === 'NotAuthorizedException') return firstMatch(NOT_AUTHORIZED, message);
  if (name === 'InvalidParameterException') {
    return firstMatch(INVALID_PARAMETER, message) ?? 'invalid_value';
  }
  return BY_OPERATION.get(`${operation} ${name}`) ?? BY_NAME.get(name);
}

function firstMatch<T>(table: readonly (readonly [RegExp, T])[], text: string): T | undefined {
  return table.find(([pattern]) => pattern.test(text))?.[1];
}
