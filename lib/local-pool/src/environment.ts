import { DEFAULT_SCOPES } from './app-client';
import type { AppClient, LocalPoolSettings } from './settings';

/** The site's URLs that the pool must know. */
export interface Site {
  /** `COGNITO_REDIRECT_URI`, e.g. `http://localhost:3000/login`. */
  redirectUri: string;
  /** `COGNITO_LOGOUT_URI`, e.g. `http://localhost:3000/`; left out if undefined. */
  logoutUri?: string | undefined;
  /** The id of an app client; default: the pool's first. */
  client?: string | undefined;
}

/**
 * The environment variables of a site that uses the pool, without SESSION_SECRET, which only the
 * site knows.
 *
 * @param settings the pool's settings
 * @param client the app client
 * @param site the site's URLs
 * @returns `COGNITO_…` names and values
 */
export function siteEnvironment(
  settings: LocalPoolSettings,
  client: AppClient,
  site: Site,
): Record<string, string> {
  const { clientSecret, scopes } = client;
  const usualScopes = scopes.join(' ') === DEFAULT_SCOPES.join(' ');
  return {
    COGNITO_REGION: settings.region,
    COGNITO_USER_POOL_ID: settings.userPoolId,
    COGNITO_DOMAIN: settings.domain,
    COGNITO_ISSUER: settings.issuer,
    COGNITO_CLIENT_ID: client.clientId,
    ...(clientSecret === undefined ? {} : { COGNITO_CLIENT_SECRET: clientSecret }),
    COGNITO_REDIRECT_URI: site.redirectUri,
    ...(site.logoutUri === undefined ? {} : { COGNITO_LOGOUT_URI: site.logoutUri }),
    ...(usualScopes ? {} : { COGNITO_SCOPES: scopes.join(' ') }),
  };
}
