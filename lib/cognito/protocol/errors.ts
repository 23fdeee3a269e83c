/**
 * All errors between this site and a user pool, by code. Tests, log lines and pages depend on the
 * code, never on the message.
 */
const MESSAGES = {
  callback_malformed: 'The callback has missing, repeated or invalid parameters.',
  attempt_unknown: 'No sign-in attempt in this browser matches this callback.',
  attempt_replayed: 'This callback was already used.',
  sign_in_declined: 'The sign-in was declined on the hosted UI.',
  sign_in_refused: 'The user pool refused the sign-in.',
  invalid_grant: 'The code or refresh token is expired, revoked or already used.',
  relay_refused: 'A callback for a preview was not forwarded.',
  client_rejected: 'The user pool does not accept this app client.',
  unavailable: 'The user pool sent no usable response.',
  keys_unavailable: "The user pool's signing keys aren't available right now.",
  token_invalid: 'A token failed verification.',
  clock_wrong: "This server's clock and the user pool's differ by more than five minutes.",
  sign_in_too_old: 'The user pool did not ask the user to sign in again.',
  identity_changed: 'A refresh returned tokens from another sign-in.',
  session_too_large: 'The session does not fit into its cookies.',
} as const;

export type CognitoErrorCode = keyof typeof MESSAGES;

/**
 * The one error class of `lib/cognito`.
 *
 * `detail` is for the operator's log: the name of a claim, an HTTP status, an OAuth error code. It
 * never contains a token, a code or a secret. Visitors see it only if it is one of
 * `CALLBACK_ERRORS`.
 */
export class CognitoError extends Error {
  override name = 'CognitoError' as const;
  readonly code: CognitoErrorCode;
  readonly detail: string | undefined;
  /** How many seconds to wait before trying again, if the user pool said so. */
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
 * The error codes that a callback may contain: RFC 6749, section 4.1.2.1, OpenID Connect Core,
 * section 3.1.2.6, and those that identity providers send when a user cancels. Any other text is
 * untrusted.
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
 * Tells whether an error is temporary.
 *
 * @param error anything that was thrown
 * @returns true if the same request may succeed later, without a new sign-in
 */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof CognitoError)) return false;
  // A rejected client is a wrong setting. Once the operator has fixed it, all sessions work again.
  return ['unavailable', 'keys_unavailable', 'client_rejected', 'clock_wrong'].includes(error.code);
}
