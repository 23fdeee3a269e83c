/** A test of yours without site or browser: what your code makes of a token. */
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, expect, test } from 'vitest';
import { startLocalPool } from '../support/local-pool';

const pool = await startLocalPool({ users: { alice: { groups: ['admin'] } } });
afterAll(() => pool.close());

const { COGNITO_ISSUER: issuer = '', COGNITO_CLIENT_ID: audience = '' } = pool.environment();
const keys = createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`));

test('groups are read from the ID token', async () => {
  const { idToken } = await pool.mint('alice', { id: { 'custom:plan': 'gold' } });
  const { payload } = await jwtVerify(idToken, keys, { issuer, audience });
  expect(payload).toMatchObject({ 'cognito:groups': ['admin'], 'custom:plan': 'gold' });
});

test.each([
  ['over', { exp: 1 }, '"exp" claim timestamp check failed'],
  ["another app's", { aud: 'another' }, 'unexpected "aud" claim value'],
])('a token that is %s is refused', async (_, id, reason) => {
  const { idToken } = await pool.mint('alice', { id });
  await expect(jwtVerify(idToken, keys, { issuer, audience })).rejects.toThrow(reason);
});
