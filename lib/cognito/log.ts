import { CognitoError } from './protocol/errors';

/** The variable to look at, by the OAuth error that names a wrong setting. */
const SETTING: ReadonlyMap<string, string> = new Map([
  ['invalid_client', 'Check COGNITO_CLIENT_ID and COGNITO_CLIENT_SECRET.'],
  [
    'unauthorized_client',
    'Check COGNITO_REDIRECT_URI, and that the app client allows the authorization code grant.',
  ],
]);

/**
 * Writes one line for the operator: what failed and, where a setting is the cause, which one. Never
 * a token, a code or a secret; what the visitor sees is a matter of the page.
 *
 * @param during what was being done, for example "sign-in"
 * @param error anything that was thrown
 */
export function logFailure(during: string, error: unknown): void {
  const known = error instanceof CognitoError;
  const what = known ? `${error.code}: ${error.message}` : 'unexpected error';
  // Only the token endpoint's own word names a setting; anybody can write an error into a callback.
  const rejected = known && error.code === 'client_rejected';
  const setting = rejected ? (SETTING.get(error.detail ?? '') ?? '') : '';
  console.error(`[cognito] ${during} failed: ${what} ${setting}`.trimEnd());
}
