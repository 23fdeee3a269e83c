/**
 * The users and app clients of a test pool that declares none. They are separate from `seed.ts`,
 * which you may edit without breaking a test.
 */
import { appClient } from '../app-client';
import type { AppClient, User } from '../settings';

export const CONFIDENTIAL_CLIENT_ID = '3n4b5urk1ft4fl3mg5e62d9ado';
export const PUBLIC_CLIENT_ID = '7a1public2c3d4e5f6g7h8i9j0';
const CONFIDENTIAL_CLIENT_SECRET = '1localpool9q8w7e6r5t4y3u2i1o0p9a8s7d6f5g4h3j2k1l0z9';

/**
 * The site's confidential client, and a public one.
 *
 * @param site the site's origin
 */
export function testClients(site: string): AppClient[] {
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

/** `alice` (in `admin`) and `bob` can sign in right away; the others see one more page each. */
export function testUsers(): User[] {
  return [
    {
      username: 'alice',
      password: 'Alice-password-1',
      // In Cognito's format, which looks like a UUID but isn't a valid one (RFC 9562).
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
