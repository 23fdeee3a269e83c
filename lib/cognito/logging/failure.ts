import { isDevelopment } from '../environment';
import { CognitoError } from '../protocol/errors';
import type { Failure } from './events';

/**
 * What an error says of itself, for an event.
 *
 * @param error anything that was thrown
 */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof CognitoError)) {
    return { code: 'unexpected', message: 'An error that is not of lib/cognito.' };
  }
  const setting = settingToCheck(error);
  return { code: error.code, message: error.message, ...(setting ? { setting } : {}) };
}

/** The variable to look at, by the OAuth error that names a wrong setting. */
const SETTING: ReadonlyMap<string, string> = new Map([
  ['invalid_client', 'Check COGNITO_CLIENT_ID and COGNITO_CLIENT_SECRET.'],
  ['invalid_scope', 'Check COGNITO_SCOPES, and that the app client allows each of them.'],
  [
    'unauthorized_client',
    'Check COGNITO_REDIRECT_URI, and that the app client allows the authorization code grant.',
  ],
]);

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
