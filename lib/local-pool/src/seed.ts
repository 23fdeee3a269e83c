/**
 * Who signs in to the local pool, and which app clients it has. Edit it as you like, while the pool
 * runs too: no test depends on it.
 */
import { appClient } from './app-client';
import type { AppClient, User } from './settings';

/**
 * The two app clients of a fresh pool: the site's confidential one first, then a public one, which
 * has no secret: PKCE alone protects its codes. Ids and secret have Cognito's format, and are of
 * worth on loopback only; compose.yaml names those of the first.
 *
 * @param site the site's origin without a slash, e.g. `http://localhost:3000`; both `/login` and
 *   `/login/` are callback URLs, because Cognito compares bytes and both are in use
 */
export function seedClients(site: string): AppClient[] {
  const urls = { redirectUris: [`${site}/login`, `${site}/login/`], logoutUris: [`${site}/`] };
  const identityProviders = ['COGNITO', 'Google', 'ExampleCorp'];
  return [
    appClient({
      clientId: '3n4b5urk1ft4fl3mg5e62d9ado',
      clientSecret: '1localpool9q8w7e6r5t4y3u2i1o0p9a8s7d6f5g4h3j2k1l0z9',
      ...urls,
      identityProviders,
    }),
    appClient({ clientId: '7a1public2c3d4e5f6g7h8i9j0', ...urls, identityProviders }),
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
