import type { CognitoConfig } from './cognito/config/parse-config';
import { cookieName, cookieOptions, type Jar } from './cognito/session/cookies';

/** The colours that somebody has chosen over those of the system. */
export type Theme = 'light' | 'dark';

/** A year, in seconds: browsers keep no cookie longer than 400 days. */
const LIFETIME = 365 * 86_400;

/**
 * The colours that a request asks for.
 *
 * @param config names the cookie
 * @param jar the request's cookies
 * @returns undefined for those of the system
 */
export function themeOf(config: CognitoConfig, jar: Pick<Jar, 'read'>): Theme | undefined {
  const value = jar.read(cookieName(config, 'theme'));
  return isTheme(value) ? value : undefined;
}

/**
 * Writes a choice into its cookie; whatever is no theme deletes it.
 *
 * @param config names the cookie
 * @param jar of the request
 * @param value a form's field
 */
export function rememberTheme(config: CognitoConfig, jar: Jar, value: unknown): void {
  const theme = isTheme(value) ? value : '';
  const options = { ...cookieOptions(config), maxAge: theme === '' ? 0 : LIFETIME };
  jar.write(cookieName(config, 'theme'), theme, options);
}

function isTheme(value: unknown): value is Theme {
  return value === 'light' || value === 'dark';
}
