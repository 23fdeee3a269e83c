import { isDevelopment } from '../environment';
import { CognitoError } from '../protocol/errors';
import type { Failure } from './events';

/**
 * Describes an error for an event.
 *
 * @param error anything that was thrown
 */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof CognitoError)) {
    return { code: 'unexpected', message: 'An error from outside lib/cognito.' };
  }
  const setting = settingToCheck(error);
  return { code: error.code, message: error.message, ...(setting ? { setting } : {}) };
}

/** The settings to check, by OAuth error code. */
const SETTING: ReadonlyMap<string, string> = new Map([
  ['invalid_client', 'Check COGNITO_CLIENT_ID and COGNITO_CLIENT_SECRET.'],
  ['invalid_scope', 'Check COGNITO_SCOPES, and that the app client allows each of them.'],
  [
    'unauthorized_client',
    'Check COGNITO_REDIRECT_URI, and that the app client allows the authorization code grant.',
  ],
]);

/**
 * Tells which setting may have caused an error.
 *
 * @param error anything that a sign-in or a refresh threw
 * @returns a sentence for the operator; undefined if the error doesn't point to a setting
 */
export function settingToCheck(error: unknown): string | undefined {
  if (!(error instanceof CognitoError)) return undefined;
  // Only an error from the token endpoint points to a setting: anyone can put an error into a
  // callback URL. In development, only the developer sends callbacks.
  const rejected = error.code === 'client_rejected';
  const said = rejected || (isDevelopment && error.code === 'sign_in_refused');
  return said ? SETTING.get(error.detail ?? '') : undefined;
}
