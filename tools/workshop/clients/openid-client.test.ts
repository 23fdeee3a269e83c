import * as oidc from 'openid-client';
import { describe, expect, test } from 'vitest';
import type { ServedPool } from '@/lib/local-pool/src/serve';
import { signInAt } from './hosted-ui';
import { CALLBACK, CONFIDENTIAL, PUBLIC, servePool } from './served-pool';

const { clientId, clientSecret } = CONFIDENTIAL;
const issuerOf = ({ pool }: ServedPool) => new URL(pool.settings.issuer);

/** openid-client with discovery and a secret, and its default client authentication. */
const asDefault = (served: ServedPool) => oidc.discovery(issuerOf(served), clientId, clientSecret);
const withBasic = (served: ServedPool) =>
  oidc.discovery(issuerOf(served), clientId, undefined, oidc.ClientSecretBasic(clientSecret));
const asPublic = (served: ServedPool) =>
  oidc.discovery(issuerOf(served), PUBLIC.clientId, undefined, oidc.None());
const overHttp = (served: ServedPool) =>
  oidc.discovery(issuerOf(served), clientId, clientSecret, undefined, {
    execute: [oidc.allowInsecureRequests],
  });

/** A sign-in up to the callback, with PKCE, state and nonce. */
async function comeToCallback(config: oidc.Configuration) {
  const pkceCodeVerifier = oidc.randomPKCECodeVerifier();
  const expectedState = oidc.randomState();
  const expectedNonce = oidc.randomNonce();
  const authorize = oidc.buildAuthorizationUrl(config, {
    redirect_uri: CALLBACK,
    scope: 'openid email profile',
    code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: expectedState,
    nonce: expectedNonce,
  });
  const callback = await signInAt(authorize);
  return { callback, checks: { pkceCodeVerifier, expectedState, expectedNonce } };
}

/** A complete sign-in: the client checks the response and the ID token, including its signature. */
async function signIn(config: oidc.Configuration) {
  oidc.enableNonRepudiationChecks(config);
  const { callback, checks } = await comeToCallback(config);
  return await oidc.authorizationCodeGrant(config, callback, checks);
}

function refreshTokenOf(tokens: { refresh_token?: string }): string {
  if (tokens.refresh_token === undefined) throw new Error('There is no refresh token.');
  return tokens.refresh_token;
}

describe.each([
  ['client_secret_post, its default', asDefault, 'https'],
  ['client_secret_basic', withBasic, 'https'],
  ['no secret, as the public client', asPublic, 'https'],
  ['plain http, which it must explicitly allow', overHttp, 'http'],
] as const)('openid-client with %s', (_, discover, protocol) => {
  test('signs in, fetches userInfo, and refreshes', async () => {
    const served = await servePool({}, protocol);
    const config = await discover(served);
    const tokens = await signIn(config);
    const claims = tokens.claims();
    expect(claims).toMatchObject({ 'cognito:username': 'alice', email: 'alice@example.com' });
    expect(tokens.expiresIn()).toBeGreaterThan(3590);

    const info = await oidc.fetchUserInfo(config, tokens.access_token, claims?.sub ?? '');
    // Cognito returns a string where OpenID Connect requires a boolean.
    expect(info).toMatchObject({ username: 'alice', email_verified: 'true' });

    const refreshed = await oidc.refreshTokenGrant(config, refreshTokenOf(tokens));
    expect(refreshed.claims()?.sub).toBe(claims?.sub);
    expect(refreshed.claims()?.auth_time).toBe(claims?.auth_time);
    expect(refreshed.refresh_token).toBeUndefined();
  });
});

describe('openid-client', () => {
  test('does not learn of PKCE from discovery, as with Cognito: S256 must be set by hand', async () => {
    const server = (await asDefault(await servePool())).serverMetadata();
    expect(server.supportsPKCE()).toBe(false);
    expect(server.revocation_endpoint).toMatch(/\/oauth2\/revoke$/);
  });

  test('works with an issuer on a host other than that of the hosted UI', async () => {
    const config = await asDefault(await servePool({ ownIssuerOrigin: true }));
    const { issuer, token_endpoint = '' } = config.serverMetadata();
    expect(new URL(issuer).origin).not.toBe(new URL(token_endpoint).origin);
    expect((await signIn(config)).claims()?.iss).toBe(issuer);
  });

  test('gets a new refresh token if the app client rotates them, and cannot use the old one', async () => {
    const served = await servePool();
    served.pool.changeClient({ rotation: { graceSeconds: 0 } });
    const config = await asDefault(served);
    const first = refreshTokenOf(await signIn(config));
    const second = refreshTokenOf(await oidc.refreshTokenGrant(config, first));
    expect(second).not.toBe(first);
    const reused = oidc.refreshTokenGrant(config, first);
    await expect(reused).rejects.toMatchObject({ error: 'invalid_grant', status: 400 });
    refreshTokenOf(await oidc.refreshTokenGrant(config, second));
  });

  test('works after a change of keys, but fetches new ones once a minute at most', async () => {
    const served = await servePool();
    const config = await asDefault(served);
    const token = refreshTokenOf(await signIn(config));
    await served.pool.rotateKeys();
    const atOnce = oidc.refreshTokenGrant(config, token);
    await expect(atOnce).rejects.toMatchObject({ code: 'OAUTH_KEY_SELECTION_FAILED' });

    const fresh = await asDefault(served);
    oidc.enableNonRepudiationChecks(fresh);
    const refreshed = await oidc.refreshTokenGrant(fresh, token);
    expect(refreshed.claims()?.['cognito:username']).toBe('alice');
  });
});

describe('openid-client revokes a refresh token', () => {
  test.each([
    ['with the secret in the header', withBasic],
    ['as the public client', asPublic],
  ])('%s, and it is no longer valid', async (_, discover) => {
    const config = await discover(await servePool());
    const token = refreshTokenOf(await signIn(config));
    await oidc.tokenRevocation(config, token);
    const refreshed = oidc.refreshTokenGrant(config, token);
    await expect(refreshed).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  test('but fails with the secret in the body, its default, as with Cognito: 401', async () => {
    const config = await asDefault(await servePool());
    const token = refreshTokenOf(await signIn(config));
    const revoked = oidc.tokenRevocation(config, token);
    await expect(revoked).rejects.toMatchObject({ error: 'invalid_client', status: 401 });
    expect((await oidc.refreshTokenGrant(config, token)).access_token).not.toBe('');
  });

  test('after which userInfo rejects the access token', async () => {
    const config = await withBasic(await servePool());
    const tokens = await signIn(config);
    await oidc.tokenRevocation(config, refreshTokenOf(tokens));
    const info = oidc.fetchUserInfo(config, tokens.access_token, tokens.claims()?.sub ?? '');
    await expect(info).rejects.toThrow();
  });
});

describe('openid-client fails with', () => {
  test('a callback that has the wrong state', async () => {
    const config = await asDefault(await servePool());
    const { callback, checks } = await comeToCallback(config);
    callback.searchParams.set('state', oidc.randomState());
    await expect(oidc.authorizationCodeGrant(config, callback, checks)).rejects.toMatchObject({
      code: 'OAUTH_INVALID_RESPONSE',
    });
  });

  test("an ID token with another request's nonce", async () => {
    const config = await asDefault(await servePool());
    const { callback, checks } = await comeToCallback(config);
    const expectedNonce = oidc.randomNonce();
    const redeemed = oidc.authorizationCodeGrant(config, callback, { ...checks, expectedNonce });
    await expect(redeemed).rejects.toMatchObject({ code: 'OAUTH_JWT_CLAIM_COMPARISON_FAILED' });
  });

  test.each([
    ['another code verifier', { pkceCodeVerifier: oidc.randomPKCECodeVerifier() }],
    ['no code verifier', { pkceCodeVerifier: undefined }],
  ])('%s at the token endpoint', async (_, wrong) => {
    const config = await asDefault(await servePool());
    const { callback, checks } = await comeToCallback(config);
    const { pkceCodeVerifier, ...rest } = { ...checks, ...wrong };
    const given = pkceCodeVerifier === undefined ? rest : { ...rest, pkceCodeVerifier };
    const redeemed = oidc.authorizationCodeGrant(config, callback, given);
    await expect(redeemed).rejects.toMatchObject({ status: 400 });
  });

  test('a wrong client secret: invalid_client, with 400 and not 401', async () => {
    const config = await oidc.discovery(issuerOf(await servePool()), clientId, 'wrong');
    await expect(signIn(config)).rejects.toMatchObject({ error: 'invalid_client', status: 400 });
  });

  test('plain http, unless it is allowed explicitly', async () => {
    await expect(asDefault(await servePool({}, 'http'))).rejects.toMatchObject({
      code: 'OAUTH_HTTP_REQUEST_FORBIDDEN',
    });
  });
});
