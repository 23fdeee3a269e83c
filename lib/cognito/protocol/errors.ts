/**
 * Everything that can go wrong between this site and a user pool, as data: tests, log lines and
 * pages branch on `code`, never on a message.
 */
const MESSAGES = {
  callback_malformed: 'The callback has no code and state, or has one of them twice.',
  attempt_unknown: 'No sign-in attempt of this browser belongs to this callback.',
  attempt_replayed: 'This callback was used before.',
  sign_in_declined: 'The sign-in was declined on the hosted UI.',
  sign_in_refused: 'The user pool refused the sign-in.',
  invalid_grant: 'The code or refresh token is expired, revoked or used.',
  relay_refused: 'A callback for a preview was not passed on.',
  client_rejected: 'The user pool does not accept this app client.',
  unavailable: 'The user pool did not give a usable answer.',
  keys_unavailable: "The user pool's signing keys cannot be had right now.",
  token_invalid: 'A token failed verification.',
  clock_wrong: "This server's clock and the user pool's differ by more than five minutes.",
  sign_in_too_old: 'The user pool did not ask the person to sign in anew.',
  identity_changed: 'A refresh returned tokens of another sign-in.',
  session_too_large: 'The session does not fit into its cookies.',
} as const;

export type CognitoErrorCode = keyof typeof MESSAGES;

/**
 * The one error class of `lib/cognito`.
 *
 * `detail` is for the operator's log: the name of a claim, an HTTP status, an OAuth error code.
 * It never holds a token, a code or a secret; a visitor is shown a word of `CALLBACK_ERRORS` at most.
 */
export class CognitoError extends Error {
  override name = 'CognitoError' as const;
  readonly code: CognitoErrorCode;
  readonly detail: string | undefined;
  /** After how many seconds trying again makes sense, where the user pool said so. */
  readonly retryAfter: number | undefined;

  constructor(
    code: CognitoErrorCode,
    detail?: string,
    options: ErrorOptions & { retryAfter?: number | undefined } = {},
  ) {
    super(detail ? `${MESSAGES[code]} (${detail})` : MESSAGES[code], options);
    this.code = code;
    this.detail = detail;
    this.retryAfter = options.retryAfter;
  }
}

/**
 * The errors that a callback can name: RFC 6749, section 4.1.2.1, OpenID Connect Core, section 3.1.2.6,
 * and what identity providers say of a person who cancelled. Any other word is anybody's.
 */
export const CALLBACK_ERRORS: ReadonlySet<string> = new Set([
  'access_denied',
  'account_selection_required',
  'consent_required',
  'interaction_required',
  'invalid_request',
  'invalid_scope',
  'login_required',
  'server_error',
  'temporarily_unavailable',
  'unauthorized_client',
  'unsupported_response_type',
  'user_cancelled_authorize',
  'user_cancelled_login',
]);

/**
 * Tells whether an error says "not now" rather than "no".
 *
 * @param error anything that was thrown
 * @returns true if the same request may succeed later with nothing changed by the person
 */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof CognitoError)) return false;
  // A rejected client is a setting: once it is mended, every session goes on as if nothing happened.
  return ['unavailable', 'keys_unavailable', 'client_rejected', 'clock_wrong'].includes(error.code);
}
