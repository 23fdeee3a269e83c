import { expect, it } from 'vitest';
import { cognitoSub } from '../src/users';
import { claimsOf, signInForTokens, startPool } from './support';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const RFC_UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

it('the ID token of a federated user has identities, and a nonce even if none was sent', async () => {
  const identity = { userId: '1047', providerName: 'Google', issuer: null, primary: 'true' };
  const user = {
    username: 'google_1047',
    password: 'p',
    groups: ['us-east-1_LocalPool_Google'],
    attributes: { 'custom:level': '7' },
    identities: [identity],
  };
  const pool = await startPool({ users: [user] });
  const { id_token } = await signInForTokens(pool, {}, user);
  expect(claimsOf(id_token)).toMatchObject({
    'cognito:username': 'google_1047',
    'cognito:groups': ['us-east-1_LocalPool_Google'],
    'custom:level': '7',
    identities: [identity],
    nonce: expect.stringMatching(UUID),
  });
});

it('a sub looks like a UUID but is not a valid one', () => {
  for (let i = 0; i < 20; i++) {
    const sub = cognitoSub();
    expect(sub).toMatch(UUID);
    expect(sub).not.toMatch(RFC_UUID);
  }
});
