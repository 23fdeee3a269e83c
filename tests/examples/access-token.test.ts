/** What `docs/make-it-yours.md` gives to an API: does it take access tokens of this client, and nothing else? */
import { afterAll, expect, test } from 'vitest';
import { startLocalPool } from '../support/local-pool';
import { accessTokens } from './access-token';

const pool = await startLocalPool({ users: { alice: { groups: ['admin'] } } });
afterAll(() => pool.close());
const { COGNITO_ISSUER: issuer = '', COGNITO_CLIENT_ID: clientId = '' } = pool.environment();
const verified = accessTokens(issuer, clientId);

test('an access token says whose it is', async () => {
  const { accessToken } = await pool.mint('alice');
  const payload = await verified(`Bearer ${accessToken}`);
  expect(payload).toMatchObject({ username: 'alice', 'cognito:groups': ['admin'] });
});

test.each([
  ['no header', async () => undefined],
  ['another scheme', async () => `Basic ${(await pool.mint('alice')).accessToken}`],
  ['an ID token', async () => `Bearer ${(await pool.mint('alice')).idToken}`],
  ['one that is over', async () => bearer({ exp: 1 })],
  ['one of another app client', async () => bearer({ client_id: 'another' })],
  ['one of another pool', async () => bearer({ iss: 'https://evil.example' })],
  ['one that somebody has changed', async () => (await bearer({})).replace(/\.[^.]+\./, '.e30.')],
])('%s is refused', async (_, header) => {
  await expect(verified(await header())).rejects.toThrow();
});

async function bearer(access: Record<string, unknown>): Promise<string> {
  return `Bearer ${(await pool.mint('alice', { access })).accessToken}`;
}
