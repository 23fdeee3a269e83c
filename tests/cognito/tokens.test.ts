import { describe, expect, test } from 'vitest';
import {
  exchangeCode,
  refreshTokens,
  revokeToken,
  signOutEverywhere,
} from '@/lib/cognito/protocol/tokens';
import { ENV, failure, fakePool, tokenAnswer } from './support';

const TOKENS = {
  idToken: 'an-id-token',
  accessToken: 'an-access-token',
  refreshToken: 'a-refresh-token',
};
const GRANT = { code: 'the-code', codeVerifier: 'the-verifier' };

async function recorded(env: Record<string, string>, work: 'exchange' | 'refresh' | 'revoke') {
  const pool = await fakePool(env);
  pool.answer = () => tokenAnswer(TOKENS);
  if (work === 'exchange') await exchangeCode(pool.client, GRANT);
  if (work === 'refresh') await refreshTokens(pool.client, 'the-refresh-token');
  if (work === 'revoke') await revokeToken(pool.client, 'the-refresh-token');
  const [request] = pool.requests;
  return {
    path: new URL(request?.url ?? '').pathname,
    authorization: request?.headers.get('authorization'),
    type: request?.headers.get('content-type'),
    form: Object.fromEntries(new URLSearchParams(request?.body)),
  };
}

describe('what the site sends to the user pool', () => {
  test('an exchange by a confidential client: Basic, and the verifier', async () => {
    expect(await recorded({}, 'exchange')).toEqual({
      path: '/oauth2/token',
      authorization: `Basic ${btoa(`${ENV.COGNITO_CLIENT_ID}:${ENV.COGNITO_CLIENT_SECRET}`)}`,
      type: 'application/x-www-form-urlencoded',
      form: {
        grant_type: 'authorization_code',
        code: 'the-code',
        code_verifier: 'the-verifier',
        redirect_uri: 'https://example.com/login',
      },
    });
  });

  test('an exchange by a public client: its ID in the form', async () => {
    const { authorization, form } = await recorded({ COGNITO_CLIENT_SECRET: '' }, 'exchange');
    expect(authorization).toBeNull();
    expect(form.client_id).toBe(ENV.COGNITO_CLIENT_ID);
    expect(form).not.toHaveProperty('client_secret');
  });

  test('a refresh and a revocation', async () => {
    expect((await recorded({}, 'refresh')).form).toEqual({
      grant_type: 'refresh_token',
      refresh_token: 'the-refresh-token',
    });
    const revoke = await recorded({}, 'revoke');
    expect(revoke.path).toBe('/oauth2/revoke');
    expect(revoke.form).toEqual({ token: 'the-refresh-token' });
    expect(revoke.authorization).toMatch(/^Basic /);
    const open = await recorded({ COGNITO_CLIENT_SECRET: '' }, 'revoke');
    expect(open.form).toEqual({ token: 'the-refresh-token', client_id: ENV.COGNITO_CLIENT_ID });
  });

  test('special characters of a secret are form-encoded before base64 (RFC 6749, 2.3.1)', async () => {
    const { authorization } = await recorded({ COGNITO_CLIENT_SECRET: 'a b:c%ä' }, 'exchange');
    expect(atob(authorization?.slice('Basic '.length) ?? '')).toBe(
      `${ENV.COGNITO_CLIENT_ID}:a+b%3Ac%25%C3%A4`,
    );
  });

  test('a global sign-out', async () => {
    const pool = await fakePool();
    pool.answer = () => Response.json({});
    await signOutEverywhere(pool.client, 'the-access-token');
    const [request] = pool.requests;
    expect(request?.url).toBe('https://cognito-idp.us-west-2.amazonaws.com/');
    expect(request?.headers.get('x-amz-target')).toBe(
      'AWSCognitoIdentityProviderService.GlobalSignOut',
    );
    expect(request?.headers.get('content-type')).toBe('application/x-amz-json-1.1');
    expect(JSON.parse(request?.body ?? '')).toEqual({ AccessToken: 'the-access-token' });
    pool.answer = () => Response.json({ __type: 'NotAuthorizedException' }, { status: 400 });
    expect(await failure(signOutEverywhere(pool.client, 'x'))).toMatch(/^unavailable/);
  });
});

describe('a refresh', () => {
  test('keeps the old refresh token when Cognito sends none', async () => {
    const pool = await fakePool();
    pool.answer = () => tokenAnswer({ idToken: 'i', accessToken: 'a' });
    expect((await refreshTokens(pool.client, 'the old one')).refreshToken).toBe('the old one');
  });

  test('returns the new one when tokens rotate', async () => {
    const pool = await fakePool();
    pool.answer = () => tokenAnswer(TOKENS);
    expect(await refreshTokens(pool.client, 'the old one')).toEqual(TOKENS);
  });
});

describe('a response that is', () => {
  const error =
    (name: string, status = 400) =>
    () =>
      Response.json({ error: name }, { status });
  const ok = (text: string) => () => new Response(text);
  test.each<[string, () => Response | Promise<Response>, string]>([
    ['invalid_grant', error('invalid_grant'), 'invalid_grant'],
    ['invalid_client', error('invalid_client'), 'client_rejected: invalid_client'],
    ['invalid_client as 401', error('invalid_client', 401), 'client_rejected: invalid_client'],
    ['unauthorized_client', error('unauthorized_client'), 'client_rejected: unauthorized_client'],
    ['invalid_request', error('invalid_request'), 'sign_in_refused: invalid_request'],
    ['an unknown error', error('<b>the-code</b>'), 'sign_in_refused: HTTP 400'],
    ['429', error('slow_down', 429), 'unavailable: HTTP 429'],
    ['500', () => new Response(null, { status: 500 }), 'unavailable: HTTP 500'],
    ['500 that says invalid_grant', error('invalid_grant', 500), 'unavailable: HTTP 500'],
    ['403 that says invalid_grant', error('invalid_grant', 403), 'unavailable: HTTP 403'],
    ['502 with HTML', () => new Response('<html>', { status: 502 }), 'unavailable: HTTP 502'],
    ['400 with HTML', () => new Response('<html>', { status: 400 }), 'unavailable: HTTP 400'],
    ['a redirect', () => new Response(null, { status: 302 }), 'unavailable: HTTP 302'],
    ['garbage', ok('garbage'), 'unavailable: no tokens in the response'],
    ['half a response', ok('{"id_token":"a","acc'), 'unavailable: no tokens in the response'],
    ['null', ok('null'), 'unavailable: no tokens in the response'],
    ['a list', ok('[]'), 'unavailable: no tokens in the response'],
    ['of numbers', ok('{"id_token":1,"access_token":2}'), 'unavailable: no tokens in the response'],
    ['nothing at all', () => Promise.reject(new Error('reset')), 'unavailable: unreachable'],
  ])('%s is reported without any secret', async (_, answer, code) => {
    const pool = await fakePool();
    pool.answer = answer;
    expect(await failure(exchangeCode(pool.client, GRANT))).toBe(code);
    const message = await exchangeCode(pool.client, GRANT).catch(String);
    expect(message).not.toMatch(/the-code|the-verifier|the-secret/);
  });
});

test.each<[string, number | undefined]>([
  ['30', 30],
  ['0', 0],
  ['999999', undefined],
  ['-1', undefined],
  ['soon', undefined],
  ['Wed, 21 Oct 2026 07:28:00 GMT', undefined],
])(
  'a Retry-After of %j is respected if it is a plausible number of seconds',
  async (said, seconds) => {
    const pool = await fakePool();
    pool.answer = () => new Response(null, { status: 503, headers: { 'retry-after': said } });
    await expect(exchangeCode(pool.client, GRANT)).rejects.toMatchObject({ retryAfter: seconds });
  },
);

test('an exchange without a refresh token fails', async () => {
  const pool = await fakePool();
  pool.answer = () => tokenAnswer({ idToken: 'i', accessToken: 'a' });
  expect(await failure(exchangeCode(pool.client, GRANT))).toMatch(/^unavailable/);
});
