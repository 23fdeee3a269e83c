/**
 * Example: a unit test of code that reads tokens, without a site or a browser. Copy this file to start
 * your own.
 */
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, expect, test } from 'vitest';
import { startLocalPool } from '../support/local-pool';

const pool = await startLocalPool({ users: { alice: { groups: ['admin'] } } });
afterAll(() => pool.close());

const { COGNITO_ISSUER: issuer = '', COGNITO_CLIENT_ID: audience = '' } = pool.environment();
const keys = createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`));

test('the ID token contains groups and custom attributes', async () => {
  const { idToken } = await pool.mint('alice', { id: { 'custom:plan': 'gold' } });
  const { payload } = await jwtVerify(idToken, keys, { issuer, audience });
  expect(payload).toMatchObject({ 'cognito:groups': ['admin'], 'custom:plan': 'gold' });
});

test.each([
  ['an expired token', { exp: 1 }, '"exp" claim timestamp check failed'],
  ['a token for another app client', { aud: 'another' }, 'unexpected "aud" claim value'],
])('%s is refused', async (_, id, reason) => {
  const { idToken } = await pool.mint('alice', { id });
  await expect(jwtVerify(idToken, keys, { issuer, audience })).rejects.toThrow(reason);
});
