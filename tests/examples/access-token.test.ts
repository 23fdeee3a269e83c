/** The code for your own API (`access-token.ts`) accepts this app client's access tokens and nothing else. */
import { afterAll, expect, test } from 'vitest';
import { startLocalPool } from '../support/local-pool';
import { accessTokens } from './access-token';

const pool = await startLocalPool({ users: { alice: { groups: ['admin'] } } });
afterAll(() => pool.close());
const { COGNITO_ISSUER: issuer = '', COGNITO_CLIENT_ID: clientId = '' } = pool.environment();
const verify = accessTokens(issuer, clientId);

test('a valid access token gives the username and groups of its user', async () => {
  const { accessToken } = await pool.mint('alice');
  const payload = await verify(`Bearer ${accessToken}`);
  expect(payload).toMatchObject({ username: 'alice', 'cognito:groups': ['admin'] });
});

test.each([
  ['no header', async () => undefined],
  ['another scheme', async () => `Basic ${(await pool.mint('alice')).accessToken}`],
  ['an ID token', async () => `Bearer ${(await pool.mint('alice')).idToken}`],
  ['an expired token', async () => bearer({ exp: 1 })],
  ['a token of another app client', async () => bearer({ client_id: 'another' })],
  ['a token of another user pool', async () => bearer({ iss: 'https://evil.example' })],
  ['a token with changed claims', async () => (await bearer({})).replace(/\.[^.]+\./, '.e30.')],
])('%s is refused', async (_, header) => {
  await expect(verify(await header())).rejects.toThrow();
});

/** An `Authorization` header with an access token for alice that has these claims changed. */
async function bearer(access: Record<string, unknown>): Promise<string> {
  return `Bearer ${(await pool.mint('alice', { access })).accessToken}`;
}
