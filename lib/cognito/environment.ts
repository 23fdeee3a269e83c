/**
 * The only module that reads `process.env`. It reads at run time, so the build contains no
 * settings.
 */

/**
 * Whether this is `next dev`, with a looser CSP and set-up pages that show configuration problems.
 */
export const isDevelopment = process.env.NODE_ENV === 'development';

type Settings = Readonly<Record<string, string | undefined>>;

/**
 * All environment variables of this process, unchecked and including secrets.
 *
 * @returns names and values
 */
export function readEnvironment(): Settings {
  return process.env;
}

/**
 * The same for the doctor's page, which never shows a secret.
 *
 * @returns names and values in `next dev`; an empty object in production
 */
export function developmentSettings(): Settings {
  return isDevelopment ? process.env : {};
}
