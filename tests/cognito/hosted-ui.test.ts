import { expect, test } from 'vitest';
import { authorizeUrl, logoutUrl, readHints } from '@/lib/cognito/protocol/hosted-ui';
import { accessTokenHash, codeChallenge, randomToken } from '@/lib/cognito/protocol/pkce';
import { config, ENV } from './support';

const REQUEST = { state: 'the-state', nonce: 'the-nonce', codeChallenge: 'the-challenge' };

test("the login URL has all of the Python helper's parameters, plus state, nonce and PKCE", () => {
  const scopes = 'aws.cognito.signin.user.admin email openid phone profile';
  const url = authorizeUrl(config({ COGNITO_SCOPES: scopes }), REQUEST);
  expect(url).toMatch(
    /^https:\/\/my-app\.auth\.us-west-2\.amazoncognito\.com\/oauth2\/authorize\?/,
  );
  expect(Object.fromEntries(new URL(url).searchParams)).toEqual({
    client_id: ENV.COGNITO_CLIENT_ID,
    response_type: 'code',
    scope: scopes,
    redirect_uri: 'https://example.com/login',
    state: 'the-state',
    nonce: 'the-nonce',
    code_challenge: 'the-challenge',
    code_challenge_method: 'S256',
  });
  expect(url).toContain('scope=aws.cognito.signin.user.admin%20email%20openid');
});

test('hints and the sign-up form are passed on', () => {
  const url = new URL(
    authorizeUrl(config(), {
      ...REQUEST,
      signUp: true,
      hints: { identity_provider: 'Google', login_hint: 'a+b@c.d' },
    }),
  );
  expect(url.pathname).toBe('/signup');
  expect(url.searchParams.get('identity_provider')).toBe('Google');
  expect(url.searchParams.get('login_hint')).toBe('a+b@c.d');
});

test('a user who signed in too long ago must sign in again', () => {
  const { searchParams } = new URL(authorizeUrl(config(), { ...REQUEST, maxAge: 300 }));
  expect([searchParams.get('max_age'), searchParams.get('prompt')]).toEqual(['300', 'login']);
});

test('a link can pass on four hints, and nothing that decides where the code goes', () => {
  const hints = { identity_provider: 'Google', login_hint: 'a@b.c', lang: 'de', prompt: 'login' };
  const query = new URLSearchParams({
    ...hints,
    redirect_uri: 'https://evil.example/',
    scope: 'x',
  });
  expect(readHints(query)).toEqual(hints);
  expect(readHints(new URLSearchParams({ lang: 'x'.repeat(257) }))).toEqual({});
});

test('the sign-out URL names the client and the registered URI, and nothing else', () => {
  expect(logoutUrl(config())).toBe(
    'https://my-app.auth.us-west-2.amazoncognito.com/logout' +
      '?client_id=1example23456789abcdefghij&logout_uri=https%3A%2F%2Fexample.com%2F',
  );
});

test('the code challenge matches RFC 7636, appendix B', async () => {
  expect(await codeChallenge('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')).toBe(
    'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  );
});

test('at_hash matches OpenID Connect Core, appendix A.3', async () => {
  expect(await accessTokenHash('jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y')).toBe(
    '77QmUPtjPfzWtF2AnpK9RQ',
  );
});

test('random values are long, safe in a URL, and never the same', () => {
  const values = Array.from({ length: 200 }, () => randomToken());
  expect(new Set(values).size).toBe(200);
  for (const value of values) expect(value).toMatch(/^[\w-]{43}$/);
});
