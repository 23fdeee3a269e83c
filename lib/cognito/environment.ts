/** The one place that reads `process.env`, at run time: nothing is frozen into the build. */

/** Whether this is `next dev`: looser CSP, and set-up pages that name what is wrong. */
export const isDevelopment = process.env.NODE_ENV === 'development';

type Settings = Readonly<Record<string, string | undefined>>;

/**
 * The settings of this process, right or wrong, secrets among them.
 *
 * @returns names and values
 */
export function readEnvironment(): Settings {
  return process.env;
}

/**
 * The same for the doctor's page, which shows no value of a secret.
 *
 * @returns names and values in `next dev`; none in production
 */
export function developmentSettings(): Settings {
  return isDevelopment ? process.env : {};
}
