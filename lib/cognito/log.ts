import { isDevelopment } from './environment';
import { CognitoError } from './protocol/errors';

/** The variable to look at, by the OAuth error that names a wrong setting. */
const SETTING: ReadonlyMap<string, string> = new Map([
  ['invalid_client', 'Check COGNITO_CLIENT_ID and COGNITO_CLIENT_SECRET.'],
  ['invalid_scope', 'Check COGNITO_SCOPES, and that the app client allows each of them.'],
  [
    'unauthorized_client',
    'Check COGNITO_REDIRECT_URI, and that the app client allows the authorization code grant.',
  ],
]);

/** What a visitor or a stranger brings about alone: to be found by its reference, and no alarm. */
const NO_ALARM: ReadonlySet<string> = new Set([
  'attempt_unknown',
  'attempt_replayed',
  'callback_malformed',
  'invalid_grant',
  'sign_in_declined',
  'sign_in_too_old',
]);

/**
 * Writes one line for the operator: what failed and, where a setting is the cause, which one. Never
 * a token, a code or a secret; what the visitor sees is a matter of the page.
 *
 * @param during what was being done, for example "sign-in"
 * @param error anything that was thrown
 * @param reference of the request, for who asks with it in hand
 */
export function logFailure(during: string, error: unknown, reference: string | undefined): void {
  const known = error instanceof CognitoError;
  const what = known ? `${error.code}: ${error.message}` : 'unexpected error';
  const line = `${during} failed: ${what} ${settingToCheck(error) ?? ''}`.trimEnd();
  if (known && NO_ALARM.has(error.code)) logRefusal(line, reference);
  else console.error(withReference(line, reference));
}

/**
 * Writes one line about an answer that is nobody's failure.
 *
 * @param what words of ours, and none that came with the request
 * @param reference of the request
 */
export function logRefusal(what: string, reference: string | undefined): void {
  console.warn(withReference(what, reference));
}

/**
 * Which setting to look at.
 *
 * @param error of a sign-in or a refresh
 * @returns a sentence for the operator; undefined if no setting is to blame
 */
export function settingToCheck(error: unknown): string | undefined {
  if (!(error instanceof CognitoError)) return undefined;
  // Only the token endpoint's own word names a setting; anybody can write an error into a callback.
  // A developer's callbacks come from nobody else.
  const rejected = error.code === 'client_rejected';
  const said = rejected || (isDevelopment && error.code === 'sign_in_refused');
  return said ? SETTING.get(error.detail ?? '') : undefined;
}

function withReference(line: string, reference: string | undefined): string {
  return `[cognito] ${line}${reference === undefined ? '' : ` (reference ${reference})`}`;
}
