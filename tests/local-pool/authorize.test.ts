import { describe, expect, it } from 'vitest';
import {
  authorize,
  authorizeParams,
  CHALLENGE,
  DOMAIN,
  FOREIGN,
  get,
  location,
  post,
  REDIRECT_URI,
  signIn,
  startPool,
  startPoolWith,
} from './support';

describe('a good request', () => {
  it('goes to /login with the same parameters, at an absolute address', async () => {
    const response = await authorize(await startPool(), { nonce: 'n', scope: 'openid email' });
    expect(response.status).toBe(302);
    const asked = authorizeParams({ nonce: 'n', scope: 'openid email' });
    expect(response.headers.get('location')).toBe(`${DOMAIN}/login?${asked}`);
  });

  it('works at the old alias too', async () => {
    const response = await get(await startPool(), `/authorize?${authorizeParams()}`);
    expect(location(response).pathname).toBe('/login');
  });

  it('does not trust the Host of the request for its addresses', async () => {
    const pool = await startPool();
    const url = `http://evil.example/oauth2/authorize?${authorizeParams()}`;
    const response = await pool.fetch(new Request(url, { redirect: 'manual' }));
    expect(location(response).origin).toBe(DOMAIN);
  });

  it('is not taken by POST', async () => {
    const response = await post(await startPool(), `/oauth2/authorize?${authorizeParams()}`, {});
    expect(response.status).toBe(404);
  });
});

describe('a refusal that never leaves the pool', () => {
  it.each([
    ['no client id', { client_id: null }],
    ['an empty client id', { client_id: '' }],
    ['no redirect URI', { redirect_uri: null }],
    ['only a response type', { client_id: null, redirect_uri: null, state: null }],
  ])('with %s says that parameters are missing and echoes nothing', async (_, change) => {
    const response = await authorize(await startPool(), change);
    expect(response.headers.get('location')).toBe(
      `${DOMAIN}/error?error=Required+parameters+missing`,
    );
  });

  it.each(['nobody', '__proto__', 'constructor'])('for the unknown client %s', async (id) => {
    const response = await authorize(await startPool(), { client_id: id });
    expect(response.headers.get('location')).toBe(
      `${DOMAIN}/error?error=invalid_request&client_id=${id}`,
    );
  });

  it('for a client without identity providers', async () => {
    const response = await authorize(await startPoolWith({ identityProviders: [] }));
    expect(response.headers.get('location')).toBe(
      `${DOMAIN}/error?error=invalid_request&client_id=confidential`,
    );
  });

  it.each([
    `${REDIRECT_URI}/`,
    `${REDIRECT_URI}?x=1`,
    `${REDIRECT_URI}#x`,
    'http://localhost:3001/login',
    'http://LOCALHOST:3000/login',
    'http://localhost:3000/Login',
    'http://localhost:3000/login/../login',
    'https://localhost:3000/login',
    'http://localhost:3000@evil.example/login',
  ])('for the unregistered redirect URI %s', async (redirectUri) => {
    const response = await authorize(await startPool(), { redirect_uri: redirectUri });
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe(
      `${DOMAIN}/error?error=redirect_mismatch&client_id=confidential`,
    );
  });

  it('ends on a page of status 400 that names the reason, escaped', async () => {
    const response = await get(await startPool(), '/error?error=%3Cb%3Eredirect_mismatch');
    expect(response.status).toBe(400);
    const page = await response.text();
    expect(page).toContain('An error was encountered with the requested page.');
    expect(page).toContain('&lt;b&gt;redirect_mismatch');
  });
});

describe('a refusal that goes to the callback', () => {
  it.each([
    ['no response type', { response_type: null }, 'invalid_request'],
    ['an odd response type', { response_type: 'id_token' }, 'invalid_request'],
    ['the implicit flow', { response_type: 'token' }, 'unauthorized_client'],
    ['a challenge without method', { code_challenge: CHALLENGE }, 'invalid_request'],
    [
      'the method plain',
      { code_challenge: CHALLENGE, code_challenge_method: 'plain' },
      'invalid_request',
    ],
    ['a method without challenge', { code_challenge_method: 'S256' }, 'invalid_request'],
    [
      'a challenge that is none',
      { code_challenge: 'short', code_challenge_method: 'S256' },
      'invalid_request',
    ],
    ['a scope that the client has not', { scope: 'openid calendar' }, 'invalid_scope'],
    ['a claim scope without openid', { scope: 'email' }, 'invalid_scope'],
    ['a resource over http', { resource: 'http://api.example.com' }, 'invalid_request'],
  ])('for %s', async (_, change, error) => {
    const response = await authorize(await startPool(), change);
    expect(response.headers.get('location')).toBe(`${REDIRECT_URI}?error=${error}&state=the-state`);
  });

  it('for a client whose code flow is off', async () => {
    const response = await authorize(await startPoolWith({ codeFlow: false }));
    expect(location(response).searchParams.get('error')).toBe('unauthorized_client');
  });

  it('carries no iss parameter and no state that was not sent', async () => {
    const response = await authorize(await startPool(), { response_type: null, state: null });
    expect(response.headers.get('location')).toBe(`${REDIRECT_URI}?error=invalid_request`);
  });
});

describe('a live hosted session', () => {
  it('gives a code without a page, for another client of the pool too', async () => {
    const pool = await startPool();
    const { cookie } = await signIn(pool);
    const response = await authorize(pool, { client_id: FOREIGN.clientId }, cookie);
    expect(response.headers.get('location')).toMatch(
      /^http:\/\/localhost:3000\/login\?code=[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}&state=the-state$/,
    );
  });

  it('lasts an hour from the sign-in, and a silent authorize does not prolong it', async () => {
    const pool = await startPool();
    const { cookie } = await signIn(pool);
    pool.advance(3599);
    const silent = await authorize(pool, {}, cookie);
    expect(location(silent).searchParams.has('code')).toBe(true);
    expect(setCookie(silent)).toEqual([]);
    pool.advance(1);
    expect(location(await authorize(pool, {}, cookie)).pathname).toBe('/login');
  });

  it('is of no use to a disabled user', async () => {
    const pool = await startPool();
    const { cookie } = await signIn(pool);
    pool.disable('alice');
    expect(location(await authorize(pool, {}, cookie)).pathname).toBe('/login');
  });

  it('is not believed when the cookie is nonsense', async () => {
    const pool = await startPool();
    for (const cookie of [
      'cognito=%E0%A4%A',
      'cognito="x.y.3"',
      'cognito',
      ';;=;',
      'XSRF-TOKEN=%',
    ]) {
      expect((await authorize(pool, {}, cookie)).status).toBe(302);
      expect(location(await authorize(pool, {}, cookie)).pathname).toBe('/login');
    }
  });

  function setCookie(response: Response): string[] {
    return response.headers.getSetCookie().filter((line) => line.startsWith('cognito='));
  }
});

describe('prompt, in managed login', () => {
  it('none without a session is login_required', async () => {
    const response = await authorize(await startPool(), { prompt: 'none' });
    expect(response.headers.get('location')).toBe(
      `${REDIRECT_URI}?error=login_required&state=the-state`,
    );
  });

  it('none with a session is a code', async () => {
    const pool = await startPool();
    const { cookie } = await signIn(pool);
    const response = await authorize(pool, { prompt: 'none' }, cookie);
    expect(location(response).searchParams.has('code')).toBe(true);
  });

  it('login asks for the password again, and leaves the old session valid', async () => {
    const pool = await startPool();
    const { cookie } = await signIn(pool);
    expect(location(await authorize(pool, { prompt: 'login' }, cookie)).pathname).toBe('/login');
    expect(location(await authorize(pool, {}, cookie)).searchParams.has('code')).toBe(true);
  });

  it('select_account changes nothing locally', async () => {
    const pool = await startPool();
    const { cookie } = await signIn(pool);
    const response = await authorize(pool, { prompt: 'select_account' }, cookie);
    expect(location(response).searchParams.has('code')).toBe(true);
  });
});

it('the classic hosted UI ignores prompt', async () => {
  const pool = await startPool({ hostedUi: 'classic' });
  expect(location(await authorize(pool, { prompt: 'none' })).pathname).toBe('/login');
  const { cookie } = await signIn(pool);
  const again = await authorize(pool, { prompt: 'login' }, cookie);
  expect(location(again).searchParams.has('code')).toBe(true);
});

it('a redirect URI with a query of its own keeps it', async () => {
  const redirectUri = 'http://localhost:3000/login?a=1';
  const pool = await startPoolWith({ redirectUris: [redirectUri] });
  const response = await authorize(pool, { redirect_uri: redirectUri, response_type: null });
  expect(response.headers.get('location')).toBe(
    `${redirectUri}&error=invalid_request&state=the-state`,
  );
});

it('a provider that the client has not ends at /login with 401', async () => {
  const pool = await startPool();
  const response = await authorize(pool, { identity_provider: 'Google' });
  const login = location(response);
  expect(login.pathname).toBe('/login');
  const page = await get(pool, `${login.pathname}${login.search}`);
  expect(page.status).toBe(401);
  expect(await page.text()).toBe('Login option is not available. Please try another one');
});
