/** The one place that reads `process.env`, at run time: nothing is frozen into the build. */

/** Whether this is `next dev`: looser CSP, and set-up pages that name what is wrong. */
export const isDevelopment = process.env.NODE_ENV === 'development';

/**
 * The settings of this process, right or wrong, secrets among them.
 *
 * @returns names and values
 */
export function readEnvironment(): Readonly<Record<string, string | undefined>> {
  return process.env;
}
