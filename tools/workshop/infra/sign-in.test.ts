/** A sign-in, a refresh and a sign-out against the local pool, with the settings of infra/user-pool.yaml. */
import { afterEach, describe, expect, test } from 'vitest';
import type { Caller } from '@/lib/cognito/account/call';
import { associateTotp } from '@/lib/cognito/account/totp';
import { getUser, updateAttributes } from '@/lib/cognito/account/user';
import { parseConfig } from '@/lib/cognito/config/parse-config';
import { type AppClient, createAppClient } from '@/lib/cognito/protocol/app-client';
import { logoutUrl } from '@/lib/cognito/protocol/hosted-ui';
import { finishSignIn, readCallback, signInUrl } from '@/lib/cognito/protocol/sign-in';
import { refreshTokens, revokeToken, type TokenSet } from '@/lib/cognito/protocol/tokens';
import { verifyNewTokens } from '@/lib/cognito/protocol/verify';
import { createJar, type Jar, startLocalPool, type TestPool } from '@/lib/local-pool/src/testing';
import { failure, startAttempt } from '../../../tests/cognito/support';
import type { Stack } from '../support/cloudformation';
import { CLIENT_SECRET, EVERYTHING, poolSettings, stackOf } from './stack';

let pool: TestPool;
afterEach(() => pool.close());

interface Site {
  readonly client: AppClient;
  readonly jar: Jar;
}

/** Starts the pool with the resources of a stack, and configures the site with its outputs. */
async function start(stack: Stack, redirectUri: string): Promise<Site> {
  pool = await startLocalPool({ ...poolSettings(stack), env: {} });
  const { userPoolId, clients } = pool.pool.settings;
  const secret = clients[0]?.clientSecret;
  const parsed = parseConfig({
    COGNITO_REGION: stack.outputs.CognitoRegion,
    COGNITO_USER_POOL_ID: stack.outputs.CognitoUserPoolId,
    COGNITO_CLIENT_ID: stack.outputs.CognitoClientId,
    COGNITO_CLIENT_SECRET: secret,
    COGNITO_REDIRECT_URI: redirectUri,
    SESSION_SECRET: 'tests-only:Zk3vQ9wL7Tx2Bn8Yd5Hm4Jc6Pf1Gs0',
    // Loopback instead of Amazon's hosts.
    COGNITO_DOMAIN: pool.origin,
    COGNITO_ISSUER: `${pool.origin}/${userPoolId}`,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return { client: createAppClient(parsed.config), jar: createJar(pool.origin) };
}

/** Signs in through the hosted UI and back as a browser does; returns verified tokens. */
async function signIn({ client, jar }: Site): Promise<TokenSet> {
  const attempt = await startAttempt(client.config);
  const url = await signInUrl(client.config, attempt);
  const form = new URL(locationOf(await jar.fetch(url)), pool.origin).href;
  const csrf = /name="_csrf"[^>]*value="([^"]+)"/.exec(await (await jar.fetch(form)).text())?.[1];
  const body = { _csrf: csrf ?? '', username: 'alice', password: 'Alice-password-1' };
  const answer = await jar.fetch(form, { body: new URLSearchParams(body) });
  const callback = new URL(locationOf(answer));
  expect(callback.href.startsWith(`${client.config.redirectUri}?`)).toBe(true);
  const read = readCallback(callback.searchParams, client.config.issuer);
  const tokens = await finishSignIn(client, attempt, read);
  return tokens;
}

function locationOf(response: Response): string {
  const location = response.headers.get('location');
  if (location === null) throw new Error(`No redirect, but ${response.status}`);
  return location;
}

describe.each([
  ['local', 'CognitoRedirectUriLocal', {}],
  ['production', 'CognitoRedirectUriProduction', EVERYTHING],
  ['preview', 'CognitoRedirectUriPreview', EVERYTHING],
  ['local, with a public app client', 'CognitoRedirectUriLocal', { ClientSecret: 'false' }],
])('the %s site', (_, output, parameters) => {
  test('signs alice in, refreshes and signs her out', async () => {
    const stack = stackOf(parameters);
    const site = await start(stack, stack.outputs[output] ?? '');
    const { client, jar } = site;
    const first = await signIn(site);
    const { id, access } = await verifyNewTokens(client, first);
    expect(id).toMatchObject({ email: 'alice@example.com', email_verified: true });
    expect([id.exp - id.iat, access.exp - access.iat]).toEqual([3600, 3600]);

    // Rotation is on, and for a minute another instance can still use the old refresh token.
    const second = await refreshTokens(client, first.refreshToken);
    expect(second.refreshToken).not.toBe(first.refreshToken);
    await refreshTokens(client, first.refreshToken);
    pool.advance(61);
    expect(await failure(refreshTokens(client, first.refreshToken))).toBe('invalid_grant');

    await revokeToken(client, second.refreshToken);
    expect(await failure(refreshTokens(client, second.refreshToken))).toBe('invalid_grant');
    const out = await jar.fetch(logoutUrl(client.config));
    expect(out.headers.get('location')).toBe(client.config.logoutUri);
  });
});

describe('on the account pages, alice', () => {
  async function account(parameters: Record<string, string> = {}): Promise<Caller> {
    const stack = stackOf(parameters);
    const site = await start(stack, stack.outputs.CognitoRedirectUriLocal ?? '');
    const { accessToken } = await signIn(site);
    return { api: site.client.config.api, fetch, accessToken };
  }

  test('changes her name, but no attribute that grants rights', async () => {
    const caller = await account();
    expect((await updateAttributes(caller, new Map([['name', 'Alice B.']]))).ok).toBe(true);
    for (const name of ['custom:plan', 'custom:role', 'email_verified', 'profile']) {
      const refused = await updateAttributes(caller, new Map([[name, 'true']]));
      expect(refused.ok, name).toBe(false);
    }
  });

  test('keeps her email address until the new one is verified', async () => {
    const caller = await account();
    const changed = await updateAttributes(caller, new Map([['email', 'new@example.com']]));
    expect(changed).toMatchObject({ ok: true, data: [{ attribute: 'email' }] });
    const user = await getUser(caller);
    if (!user.ok) throw new Error(user.problem);
    expect(user.data.attributes.get('email')).toBe('alice@example.com');
  });

  test('sets up an authenticator app, unless MFA is off', async () => {
    expect((await associateTotp(await account())).ok).toBe(true);
    await pool.close();
    const refused = await associateTotp(await account({ Mfa: 'OFF' }));
    expect(refused).toMatchObject({ ok: false, problem: 'totp_not_available' });
  });
});

test('the client secret is required if the stack has one', async () => {
  const stack = stackOf();
  const { client } = await start(stack, stack.outputs.CognitoRedirectUriLocal ?? '');
  expect(client.config.clientSecret).toBe(CLIENT_SECRET);
  const without = createAppClient({ ...client.config, clientSecret: undefined });
  expect(await failure(refreshTokens(without, 'x'))).toBe('client_rejected: invalid_client');
});

test('sign-up is refused while it is closed, and works once it is open', async () => {
  const signUp = async (parameters: Record<string, string>) => {
    const stack = stackOf(parameters);
    const { client, jar } = await start(stack, stack.outputs.CognitoRedirectUriLocal ?? '');
    const { config } = client;
    const url = await signInUrl(config, await startAttempt(config), { signUp: true });
    return await jar.fetch(url);
  };
  const closed = await signUp({});
  expect(new URL(locationOf(closed), pool.origin).pathname).toBe('/login');
  await pool.close();
  expect((await signUp({ SelfSignUp: 'open' })).status).toBe(200);
});

test('if the stack has Google, the sign-in can go to Google', async () => {
  const stack = stackOf(EVERYTHING);
  const { client, jar } = await start(stack, stack.outputs.CognitoRedirectUriProduction ?? '');
  const hints = { identity_provider: 'Google' };
  const url = await signInUrl(client.config, await startAttempt(client.config), { hints });
  expect(new URL(locationOf(await jar.fetch(url)), pool.origin).pathname).toMatch(/Google/);
});
