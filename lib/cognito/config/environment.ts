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
 * The environment variables that configure the site, unchecked and including secrets. Each is written
 * out: hosts of Edge middleware may look for `process.env.NAME` in the code to see which ones it needs.
 *
 * @returns names and values
 */
export function readEnvironment(): Settings {
  return {
    COGNITO_REGION: process.env.COGNITO_REGION,
    COGNITO_USER_POOL_ID: process.env.COGNITO_USER_POOL_ID,
    COGNITO_DOMAIN: process.env.COGNITO_DOMAIN,
    COGNITO_CLIENT_ID: process.env.COGNITO_CLIENT_ID,
    COGNITO_CLIENT_SECRET: process.env.COGNITO_CLIENT_SECRET,
    COGNITO_REDIRECT_URI: process.env.COGNITO_REDIRECT_URI,
    COGNITO_LOGOUT_URI: process.env.COGNITO_LOGOUT_URI,
    COGNITO_SCOPES: process.env.COGNITO_SCOPES,
    COGNITO_ISSUER: process.env.COGNITO_ISSUER,
    SESSION_SECRET: process.env.SESSION_SECRET,
    SESSION_LIFETIME: process.env.SESSION_LIFETIME,
    SESSION_IDLE: process.env.SESSION_IDLE,
    PREVIEW_RELAY_SECRET: process.env.PREVIEW_RELAY_SECRET,
    PREVIEW_RELAY_HOSTS: process.env.PREVIEW_RELAY_HOSTS,
    PREVIEW_ORIGIN: process.env.PREVIEW_ORIGIN,
    VERCEL_ENV: process.env.VERCEL_ENV,
    VERCEL_BRANCH_URL: process.env.VERCEL_BRANCH_URL,
    VERCEL_PROJECT_PRODUCTION_URL: process.env.VERCEL_PROJECT_PRODUCTION_URL,
  };
}

/**
 * The same for the doctor's page, which never shows a secret.
 *
 * @returns names and values in `next dev`; an empty object in production
 */
export function developmentSettings(): Settings {
  return isDevelopment ? process.env : {};
}
