import { expect, test } from 'vitest';
import type { User } from '@/lib/cognito';
import { isFederated, providerOf } from './provider';

const user = (username: string, identities?: unknown): User => ({
  sub: 's',
  username,
  email: undefined,
  emailVerified: false,
  name: undefined,
  groups: [],
  claims: { iss: '', sub: 's', aud: '', exp: 1, iat: 0, token_use: 'id', identities },
});
const GOOGLE = [{ providerName: 'Google', userId: '117', providerType: 'Google' }];

test('a user of an identity provider has no password here', () => {
  expect(isFederated(user('google_117', GOOGLE))).toBe(true);
  expect(isFederated(user('Google_117', GOOGLE))).toBe(true);
  expect(providerOf(user('google_117', GOOGLE))).toBe('Google');
});

test('a user who has linked a provider to an account with a password keeps the password', () => {
  expect(isFederated(user('alice', GOOGLE))).toBe(false);
  expect(providerOf(user('alice', GOOGLE))).toBe('Google');
});

test.each([undefined, [], 'Google', [null], [{ providerName: 7 }], [{ providerName: 'Google' }]])(
  'a username that only looks like one of a provider is an ordinary one, with %j',
  (identities) => {
    expect(isFederated(user('google_117', identities))).toBe(false);
    expect(providerOf(user('google_117', identities))).toBeUndefined();
  },
);
