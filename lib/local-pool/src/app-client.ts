import type { AppClient } from './settings';

/** What the site asks for unless COGNITO_SCOPES says otherwise. */
export const DEFAULT_SCOPES: readonly string[] = [
  'openid',
  'email',
  'profile',
  'phone',
  'aws.cognito.signin.user.admin',
];

/**
 * An app client with Cognito's defaults: an hour for the ID and the access token, thirty days for
 * the refresh token, revocation on, rotation off.
 *
 * @param client the id, and whatever differs from the defaults
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
