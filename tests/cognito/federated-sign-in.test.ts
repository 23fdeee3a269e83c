import { expect, test } from 'vitest';
import { type AppClient, createAppClient } from '@/lib/cognito/protocol/app-client';
import { toUser } from '@/lib/cognito/protocol/claims';
import { finishSignIn, readCallback, signInUrl } from '@/lib/cognito/protocol/sign-in';
import { refreshTokens } from '@/lib/cognito/protocol/tokens';
import { verifyNewTokens } from '@/lib/cognito/protocol/verify';
import { createLocalPool, type LocalPool } from '@/lib/local-pool/src/pool';
import { testClients } from '@/lib/local-pool/src/testing/test-seeds';
import { chooseAtProvider, openBrowser } from '../../lib/local-pool/tests/browser-double';
import { DOMAIN, location, REDIRECT_URI, START } from '../../lib/local-pool/tests/support';
import { config, failure, startAttempt } from './support';

/** A new local user pool, and the site's app client for it. */
async function startSite(): Promise<{ pool: LocalPool; client: AppClient }> {
  const pool = await createLocalPool({
    domain: DOMAIN,
    now: () => START,
    clients: testClients('http://localhost:3000'),
  });
  const client = createAppClient(config(pool.environment({ redirectUri: REDIRECT_URI })), {
    fetch: async (url, init) => await pool.fetch(new Request(url, init)),
    now: () => START,
    wait: () => Promise.resolve(),
  });
  return { pool, client };
}

/** Signs in through a provider, and returns the query of the callback. */
async function comeBack(
  { pool, client }: { pool: LocalPool; client: AppClient },
  provider: string,
  choice: Record<string, string>,
) {
  const hints = { identity_provider: provider };
  // As long as a state gets: it must come back from the provider as it went.
  const attempt = await startAttempt(client.config, { returnTo: `/${'x'.repeat(2999)}` });
  const url = await signInUrl(client.config, attempt, { hints });
  const person = openBrowser(pool);
  const address = (await person.get(url)).headers.get('location') ?? '';
  const page = await (await person.get(address)).text();
  const callback = await chooseAtProvider(person, { address, page }, choice);
  return { attempt, query: location(callback).searchParams };
}

test.each([
  ['Google', 'zoe@example.com', true],
  ['ExampleCorp', 'zoe@corp.example.com', false],
])('a user can sign in with %s: the nonce matches, and a refresh works', async (...row) => {
  const [provider, email, emailVerified] = row;
  const site = await startSite();
  const { client } = site;
  const { attempt, query } = await comeBack(site, provider, { email, name: 'Zoe', id: 'Z1' });
  const callback = readCallback(query, client.config.issuer);
  const tokens = await finishSignIn(client, attempt, callback);
  const { id } = await verifyNewTokens(client, tokens);
  expect(id.nonce).toBe(attempt.nonce);
  expect(toUser(id)).toMatchObject({
    username: `${provider.toLowerCase()}_z1`,
    email,
    emailVerified,
    name: 'Zoe',
    groups: [`us-east-1_LocalPool_${provider}`],
    claims: { identities: [{ userId: 'Z1', providerName: provider }] },
  });
  const refreshed = await refreshTokens(client, tokens.refreshToken);
  expect((await verifyNewTokens(client, refreshed)).id.sub).toBe(id.sub);
});

test('a sign-in cancelled at the provider counts as declined', async () => {
  const site = await startSite();
  const { query } = await comeBack(site, 'Google', { cancel: 'yes' });
  const declined = await failure(() => readCallback(query, site.client.config.issuer));
  expect(declined).toBe('sign_in_declined: access_denied');
});

test('a sign-in that fails at the provider counts as refused', async () => {
  const site = await startSite();
  const description = 'attributes required: [email]';
  site.pool.failFederation('Google', { error: 'invalid_request', description });
  const { query } = await comeBack(site, 'Google', { email: 'zoe@example.com' });
  const refused = await failure(() => readCallback(query, site.client.config.issuer));
  expect(refused).toBe('sign_in_refused: invalid_request');
});
