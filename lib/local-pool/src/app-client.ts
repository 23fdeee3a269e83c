import type { AppClient } from './settings';

/** The scopes that the site requests by default (see COGNITO_SCOPES). */
export const DEFAULT_SCOPES: readonly string[] = [
  'openid',
  'email',
  'profile',
  'phone',
  'aws.cognito.signin.user.admin',
];

/**
 * Creates an app client with Cognito's defaults: ID and access tokens are valid for an hour,
 * refresh tokens for thirty days; revocation is on, rotation is off.
 *
 * @param client the id, and the settings that differ from the defaults
 */
export function appClient(client: Partial<AppClient> & Pick<AppClient, 'clientId'>): AppClient {
  return {
    redirectUris: [],
    logoutUris: [],
    scopes: DEFAULT_SCOPES,
    accessTokenSeconds: 3600,
    idTokenSeconds: 3600,
    refreshTokenSeconds: 30 * 24 * 3600,
    tokenRevocation: true,
    codeFlow: true,
    implicitFlow: false,
    clientCredentialsFlow: false,
    identityProviders: ['COGNITO'],
    branded: true,
    preventUserExistenceErrors: 'ENABLED',
    ...client,
  };
}
