import type { BetterAuthOptions } from 'better-auth';

/**
 * The app's settings. Without a database all of a session is in cookies: its own defaults for that.
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
