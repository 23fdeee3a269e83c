import { describe, expect, it } from 'vitest';
import type { LocalPool } from '../src/pool';
import {
  CONFIDENTIAL,
  claimsOf,
  DOMAIN,
  refresh,
  revoke,
  signInForTokens,
  startPool,
  startPoolWith,
} from './support';

async function call(pool: LocalPool, operation: string, input: object): Promise<Response> {
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
  };
  const init = { method: 'POST', headers, body: JSON.stringify(input) };
  return await pool.fetch(new Request(`${DOMAIN}/`, init));
}

const CLIENT = { ClientId: CONFIDENTIAL.clientId, ClientSecret: CONFIDENTIAL.clientSecret };
const refreshOver = (pool: LocalPool, RefreshToken: string, client: object = CLIENT) =>
  call(pool, 'GetTokensFromRefreshToken', { ...client, RefreshToken });
const revokeOver = (pool: LocalPool, Token: string, client: object = CLIENT) =>
  call(pool, 'RevokeToken', { ...client, Token });

async function exceptionOf(response: Response): Promise<unknown> {
  expect(response.status).toBe(400);
  const { __type } = Object(await response.json());
  expect(response.headers.get('x-amzn-errortype')).toBe(`${__type}:`);
  return __type;
}

async function refreshedTokens(response: Response): Promise<Record<string, unknown>> {
  expect(response.status).toBe(200);
  return Object(Object(await response.json()).AuthenticationResult);
}

describe('GetTokensFromRefreshToken', () => {
  it('returns an access and an ID token, the latter without at_hash, and no refresh token', async () => {
    const pool = await startPool();
    const signedIn = await signInForTokens(pool);
    const tokens = await refreshedTokens(await refreshOver(pool, signedIn.refresh_token));
    expect(Object.keys(tokens).sort()).toEqual([
      'AccessToken',
      'ExpiresIn',
      'IdToken',
      'TokenType',
    ]);
    expect(tokens).toMatchObject({ ExpiresIn: 3600, TokenType: 'Bearer' });
    const claims = claimsOf(String(tokens.IdToken));
    expect(claims).not.toHaveProperty('at_hash');
    expect(claims.origin_jti).toBe(claimsOf(signedIn.id_token).origin_jti);
  });

  it('with rotation returns a new one, and a separate exception for the old one', async () => {
    const pool = await startPoolWith({ rotation: { graceSeconds: 0 } });
    const { refresh_token } = await signInForTokens(pool);
    const tokens = await refreshedTokens(await refreshOver(pool, refresh_token));
    expect(await exceptionOf(await refreshOver(pool, refresh_token))).toBe(
      'RefreshTokenReuseException',
    );
    expect((await refreshOver(pool, String(tokens.RefreshToken))).status).toBe(200);
  });

  it.each([
    ['garbage', async () => 'garbage'],
    ['an access token', async (pool: LocalPool) => (await signInForTokens(pool)).access_token],
    [
      'a revoked token',
      async (pool: LocalPool) => {
        const { refresh_token } = await signInForTokens(pool);
        await revoke(pool, refresh_token);
        return refresh_token;
      },
    ],
  ])('refuses %s', async (_, token) => {
    const pool = await startPool();
    const response = await refreshOver(pool, await token(pool));
    expect(await exceptionOf(response)).toBe('NotAuthorizedException');
  });
});

describe('RevokeToken', () => {
  it('ends the sign-in and returns an empty body, as it does for garbage', async () => {
    const pool = await startPool();
    const { refresh_token } = await signInForTokens(pool);
    for (const token of [refresh_token, refresh_token, 'garbage']) {
      const response = await revokeOver(pool, token);
      expect([response.status, await response.text()]).toEqual([200, '']);
    }
    expect((await refresh(pool, refresh_token)).status).toBe(400);
  });

  it('refuses an access and an ID token', async () => {
    const pool = await startPool();
    const { access_token, id_token } = await signInForTokens(pool);
    for (const token of [access_token, id_token]) {
      expect(await exceptionOf(await revokeOver(pool, token))).toBe(
        'UnsupportedTokenTypeException',
      );
    }
  });

  it('is refused for a client whose revocation is off', async () => {
    const pool = await startPoolWith({ tokenRevocation: false });
    const { refresh_token } = await signInForTokens(pool);
    const refused = await exceptionOf(await revokeOver(pool, refresh_token));
    expect(refused).toBe('UnsupportedOperationException');
    expect((await refresh(pool, refresh_token)).status).toBe(200);
  });
});

describe.each([
  ['GetTokensFromRefreshToken', refreshOver, 'NotAuthorizedException'],
  ['RevokeToken', revokeOver, 'UnauthorizedException'],
])('%s', (_, operation, exception) => {
  it.each([
    ['without the secret', { ClientId: CONFIDENTIAL.clientId }],
    ['with a wrong secret', { ...CLIENT, ClientSecret: 'wrong' }],
    ['for an unknown client', { ClientId: 'nobody' }],
  ])('is refused %s, and the token stays valid', async (_case, client) => {
    const pool = await startPool();
    const { refresh_token } = await signInForTokens(pool);
    expect(await exceptionOf(await operation(pool, refresh_token, client))).toBe(exception);
    expect((await refresh(pool, refresh_token)).status).toBe(200);
  });

  it("does nothing to another client's token", async () => {
    const pool = await startPool();
    const { refresh_token } = await signInForTokens(pool);
    await operation(pool, refresh_token, { ClientId: 'public' });
    expect((await refresh(pool, refresh_token)).status).toBe(200);
  });

  it('without a client or a token is InvalidParameterException', async () => {
    const pool = await startPool();
    expect(await exceptionOf(await operation(pool, ''))).toBe('InvalidParameterException');
    expect(await exceptionOf(await operation(pool, 'x', {}))).toBe('InvalidParameterException');
  });
});

it('the API responds to a preflight, because Amplify calls it from any site', async () => {
  const headers = {
    origin: 'http://localhost:3000',
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'x-amz-target',
  };
  const preflight = new Request(`${DOMAIN}/`, { method: 'OPTIONS', headers });
  const response = await (await startPool()).fetch(preflight);
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  expect(response.headers.get('access-control-allow-headers')).toContain('x-amz-target');
});
