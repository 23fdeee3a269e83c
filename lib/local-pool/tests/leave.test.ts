import { describe, expect, it } from 'vitest';
import type { LocalPool } from '../src/pool';
import {
  authorize,
  BOB,
  basic,
  CONFIDENTIAL,
  DOMAIN,
  get,
  LOGOUT_URI,
  location,
  post,
  REDIRECT_URI,
  redeem,
  refresh,
  revoke,
  signIn,
  signInForTokens,
  startPool,
  tokensOf,
} from './support';

it('revoking treats three parts that are not a token as garbage', async () => {
  expect((await revoke(await startPool(), 'a.b.c')).status).toBe(200);
});

it('a refused revocation changes nothing', async () => {
  const pool = await startPool();
  const { refresh_token } = await signInForTokens(pool);
  const secret = { client_id: 'confidential', client_secret: CONFIDENTIAL.clientSecret ?? '' };
  await post(pool, '/oauth2/revoke', { token: refresh_token, ...secret });
  await revoke(pool, refresh_token, basic({ ...CONFIDENTIAL, clientSecret: 'x' }));
  await post(pool, '/oauth2/revoke', { token: refresh_token });
  expect((await refresh(pool, refresh_token)).status).toBe(200);
});

describe('logout', () => {
  const out = (more: Record<string, string>) =>
    `/logout?${new URLSearchParams({ client_id: 'confidential', ...more })}`;

  it.each([
    ['http://localhost:3000', "'redirect_uri'"],
    ['http://evil.example/', "'redirect_uri'"],
    [`${LOGOUT_URI}?`, "'redirect_uri'"],
  ])('ignores the unregistered sign-out URL %s', async (logoutUri, missing) => {
    const response = await get(await startPool(), out({ logout_uri: logoutUri }));
    expect(response.status).toBe(400);
    expect(response.headers.has('location')).toBe(false);
    expect(await response.text()).toContain(
      `Required String parameter ${missing.replaceAll("'", '&#39;')} is not present`,
    );
  });

  it('requires a client id, and a known one', async () => {
    const pool = await startPool();
    const response = await get(pool, `/logout?logout_uri=${encodeURIComponent(LOGOUT_URI)}`);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('client_id');
    const unknown = await get(pool, out({ client_id: 'nobody', logout_uri: LOGOUT_URI }));
    expect(unknown.headers.get('location')).toBe(
      `${DOMAIN}/error?error=invalid_request&client_id=nobody`,
    );
  });

  it('in its second form accepts callback URLs only, and requires a response type', async () => {
    const pool = await startPool();
    const wrong = await get(pool, out({ redirect_uri: LOGOUT_URI, response_type: 'code' }));
    expect(location(wrong).searchParams.get('error')).toBe('redirect_mismatch');
    const half = await get(pool, out({ redirect_uri: REDIRECT_URI }));
    expect(half.status).toBe(400);
    expect(await half.text()).toContain('response_type');
  });
});

describe('GlobalSignOut', () => {
  async function call(pool: LocalPool, body: string, operation = 'GlobalSignOut') {
    const headers = {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
    };
    return await pool.fetch(new Request(`${DOMAIN}/`, { method: 'POST', headers, body }));
  }
  const withToken = (token: string) => JSON.stringify({ AccessToken: token });

  it("ends all of the user's sign-ins, but no other user's, and not the hosted UI session", async () => {
    const pool = await startPool();
    const { code, cookie } = await signIn(pool);
    const here = await tokensOf(await redeem(pool, code));
    const elsewhere = await signInForTokens(pool, { client_id: 'confidential' });
    const bob = await signInForTokens(pool, {}, BOB);
    const response = await call(pool, withToken(here.access_token));
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/x-amz-json-1.1');
    expect(await response.json()).toEqual({});
    expect((await refresh(pool, here.refresh_token)).status).toBe(400);
    expect((await refresh(pool, elsewhere.refresh_token)).status).toBe(400);
    expect((await refresh(pool, bob.refresh_token)).status).toBe(200);
    expect(location(await authorize(pool, {}, cookie)).searchParams.has('code')).toBe(true);
  });

  it('requires the scope aws.cognito.signin.user.admin', async () => {
    const pool = await startPool();
    const { access_token, refresh_token } = await signInForTokens(pool, { scope: 'openid' });
    const response = await call(pool, withToken(access_token));
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      __type: 'NotAuthorizedException',
      message: 'Access Token does not have required scopes',
    });
    expect((await refresh(pool, refresh_token)).status).toBe(200);
  });

  it('has separate messages for an invalid, an expired, a revoked token and a disabled user', async () => {
    const pool = await startPool();
    const message = async (token: string) => await (await call(pool, withToken(token))).json();
    const refused = (text: string) => ({ __type: 'NotAuthorizedException', message: text });
    const first = await signInForTokens(pool);
    const bob = await signInForTokens(pool, {}, BOB);
    expect(await message('garbage')).toEqual(refused('Invalid Access Token'));
    pool.disable('bob');
    expect(await message(bob.access_token)).toEqual(refused('User is disabled.'));
    pool.revokeAll('alice');
    expect(await message(first.access_token)).toEqual(refused('Access Token has been revoked'));
    const second = await signInForTokens(pool);
    pool.advance(3600);
    expect(await message(second.access_token)).toEqual(refused('Access Token has expired'));
  });

  it.each([
    ['', 'InvalidParameterException'],
    ['{}', 'InvalidParameterException'],
    ['null', 'InvalidParameterException'],
    ['{"AccessToken":null}', 'InvalidParameterException'],
    ['[]', 'SerializationException'],
    ['{"AccessToken":1}', 'SerializationException'],
    ['{"AccessToken":', 'SerializationException'],
  ])('with the body "%s" is %s', async (body, exception) => {
    const response = await call(await startPool(), body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ __type: exception });
  });

  it('is supported, while InitiateAuth is an unknown operation', async () => {
    const response = await call(await startPool(), '{}', 'InitiateAuth');
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ __type: 'UnknownOperationException' });
  });
});
