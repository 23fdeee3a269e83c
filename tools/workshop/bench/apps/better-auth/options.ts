import type { BetterAuthOptions } from 'better-auth';

/**
 * The app's settings: better-auth's defaults without a database, which keep the whole session in cookies.
 *
 * @param environment of the app
 */
export function options(environment: Readonly<Record<string, string | undefined>>) {
  const { SITE_ORIGIN = '', BETTER_AUTH_SECRET = '' } = environment;
  return {
    baseURL: SITE_ORIGIN,
    secret: BETTER_AUTH_SECRET,
    socialProviders: {
      cognito: {
        clientId: 'client',
        clientSecret: 'secret',
        domain: 'auth.example.com',
        region: 'us-east-1',
        userPoolId: 'us-east-1_LocalPool',
      },
    },
  } satisfies BetterAuthOptions;
}
