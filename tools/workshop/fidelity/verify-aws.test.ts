import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ServedPool, serveLocalPool } from '@/lib/local-pool/src/serve';
import { testClients, testUsers } from '@/lib/local-pool/src/testing/test-seeds';
import { signInByBrowser } from './browser-sign-in';
import { openTarget } from './target';

/** No server runs there, as when a real user pool is checked. */
const SITE = 'http://localhost:3999';

let served: ServedPool;

beforeAll(async () => {
  served = await serveLocalPool({
    port: 0,
    env: {},
    clients: testClients(SITE),
    users: testUsers(),
  });
});

afterAll(() => served.close());

test('a check of a pool with managed login signs in with a browser once, and silently after that', async () => {
  const [client] = testClients(SITE);
  const target = openTarget({
    domain: served.origin,
    issuer: served.pool.settings.issuer,
    clientId: client?.clientId ?? '',
    clientSecret: client?.clientSecret,
    redirectUri: `${SITE}/login`,
    logoutUri: `${SITE}/`,
    scopes: ['openid', 'email'],
    username: 'bob',
    password: 'Bob-password-1',
    traits: new Set(['confidential']),
    fetch: (request) => fetch(request),
    signInByPages: signInByBrowser,
  });

  expect((await target.tokens()).id_token).toMatch(/^eyJ/);
  expect(await target.code()).toMatch(/^[0-9a-f-]{36}$/);
  const signIns = served.pool
    .requests()
    .filter(({ path, method }) => path === '/login' && method === 'POST');
  expect(signIns).toHaveLength(1);
});
