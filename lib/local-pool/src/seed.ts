import type { AppClient, User } from './settings';

/** What the site asks for unless COGNITO_SCOPES says otherwise. */
export const DEFAULT_SCOPES: readonly string[] = [
  'openid',
  'email',
  'profile',
  'phone',
  'aws.cognito.signin.user.admin',
];

/** The confidential app client's id and secret: in Cognito's format, of worth on loopback only. */
export const CONFIDENTIAL_CLIENT_ID = '3n4b5urk1ft4fl3mg5e62d9ado';
const CONFIDENTIAL_CLIENT_SECRET = '1localpool9q8w7e6r5t4y3u2i1o0p9a8s7d6f5g4h3j2k1l0z9';
/** The public app client's id. It has no secret: PKCE alone protects its codes. */
export const PUBLIC_CLIENT_ID = '7a1public2c3d4e5f6g7h8i9j0';

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

/**
 * The two app clients of a fresh pool: the site's confidential one first, then a public one.
 *
 * @param site the site's origin without a slash, e.g. `http://localhost:3000`; both `/login` and
 *   `/login/` are callback URLs, because Cognito compares bytes and both are in use
 */
export function seedClients(site: string): AppClient[] {
  const urls = { redirectUris: [`${site}/login`, `${site}/login/`], logoutUris: [`${site}/`] };
  const identityProviders = ['COGNITO', 'Google', 'ExampleCorp'];
  return [
    appClient({
      clientId: CONFIDENTIAL_CLIENT_ID,
      clientSecret: CONFIDENTIAL_CLIENT_SECRET,
      ...urls,
      identityProviders,
    }),
    appClient({ clientId: PUBLIC_CLIENT_ID, ...urls, identityProviders }),
  ];
}

/**
 * The people of a fresh pool. Their passwords are published: they open nothing but this. The first
 * two sign in at once; each of the others meets one of the pages that may come after a password.
 */
export function seedUsers(): User[] {
  return [
    {
      username: 'alice',
      password: 'Alice-password-1',
      // The shape of Cognito's: version 7, variant d, so no valid RFC 9562 UUID.
      sub: '34c84488-e0e1-70ae-d2ee-991ad1a898c8',
      groups: ['admin'],
      attributes: {
        email: 'alice@example.com',
        email_verified: 'true',
        name: 'Alice Archer',
        phone_number: '+12065550100',
        phone_number_verified: 'true',
      },
    },
    {
      username: 'bob',
      password: 'Bob-password-1',
      sub: 'a4d81448-7031-7087-d1b5-0c6a6ee1ff19',
      groups: [],
      attributes: {
        email: 'bob@example.com',
        email_verified: 'true',
        name: 'Bob Baker',
        phone_number: '+12065550101',
        phone_number_verified: 'false',
      },
    },
    {
      username: 'carol',
      password: 'Carol-password-1',
      status: 'UNCONFIRMED',
      sub: 'b4c8e4f8-90a1-70c3-d4f5-6a7b8c9d0e1f',
      groups: [],
      attributes: { email: 'carol@example.com', email_verified: 'false', name: 'Carol Cook' },
    },
    {
      username: 'dave',
      password: 'Dave-password-1',
      status: 'FORCE_CHANGE_PASSWORD',
      sub: 'c4d8f408-a0b1-70d3-d506-7b8c9d0e1f2a',
      groups: [],
      attributes: { email: 'dave@example.com', email_verified: 'true', name: 'Dave Dyer' },
    },
    {
      username: 'erin',
      password: 'Erin-password-1',
      mfa: { secret: 'LOCALPOOLERINSAUTHENTICATORAPP22' },
      sub: 'd4e80418-b0c1-70e3-d617-8c9d0e1f2a3b',
      groups: [],
      attributes: { email: 'erin@example.com', email_verified: 'true', name: 'Erin Ellis' },
    },
  ];
}

/**
 * What a person meets after the password, in a few words; otherwise the groups.
 *
 * @param user a seeded one
 */
export function remarkOn(
  user: Pick<User, 'status' | 'mfa'> & { groups: Iterable<string> },
): string {
  if (user.status === 'UNCONFIRMED') return 'has to confirm the account';
  if (user.status === 'FORCE_CHANGE_PASSWORD') return 'has to choose a new password';
  if (user.status === 'RESET_REQUIRED') return 'has to reset the password';
  if (user.mfa) return 'needs a code of an authenticator app';
  const groups = [...user.groups].slice(0, 3).join(', ');
  return groups === '' ? 'no group' : `group ${groups}`;
}
