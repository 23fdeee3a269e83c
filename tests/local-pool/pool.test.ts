import { describe, expect, it } from 'vitest';
import { DEFAULT_SCOPES, seedClients } from '@/lib/local-pool/seed';
import {
  authorizeParams,
  DOMAIN,
  get,
  LOGOUT_URI,
  post,
  REDIRECT_URI,
  refresh,
  signInForTokens,
  startPool,
  startPoolWith,
} from './support';

const ISSUER_PATH = '/us-east-1_LocalPool';

describe('discovery', () => {
  it('has the recorded members and no others', async () => {
    const pool = await startPool();
    const response = await get(pool, `${ISSUER_PATH}/.well-known/openid-configuration`);
    expect(await response.json()).toEqual({
      authorization_endpoint: `${DOMAIN}/oauth2/authorize`,
      end_session_endpoint: `${DOMAIN}/logout`,
      id_token_signing_alg_values_supported: ['RS256'],
      issuer: `${DOMAIN}${ISSUER_PATH}`,
      jwks_uri: `${DOMAIN}${ISSUER_PATH}/.well-known/jwks.json`,
      response_types_supported: ['code', 'token'],
      revocation_endpoint: `${DOMAIN}/oauth2/revoke`,
      scopes_supported: ['openid', 'email', 'phone', 'profile'],
      subject_types_supported: ['public'],
      token_endpoint: `${DOMAIN}/oauth2/token`,
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
      userinfo_endpoint: `${DOMAIN}/oauth2/userInfo`,
    });
  });

  it('is at the issuer only, not on the domain', async () => {
    const pool = await startPool();
    for (const name of ['openid-configuration', 'jwks.json']) {
      expect((await get(pool, `/.well-known/${name}`)).status).toBe(404);
    }
  });

  it('answers 400 for a pool that does not exist', async () => {
    const response = await get(await startPool(), '/us-east-1_Other/.well-known/jwks.json');
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ message: 'User pool us-east-1_Other does not exist.' });
  });

  it('is under the pool id when the issuer is on another host', async () => {
    const issuer = 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_LocalPool';
    const pool = await startPool({ issuer });
    const response = await get(pool, `${ISSUER_PATH}/.well-known/openid-configuration`);
    expect(await response.json()).toMatchObject({ issuer });
  });
});

describe('headers', () => {
  const paths = [
    `/oauth2/authorize?${authorizeParams()}`,
    '/oauth2/authorize',
    '/error',
    `/login?${authorizeParams()}`,
    '/logout',
    '/oauth2/userInfo',
    '/oauth2/token',
    '/nowhere',
  ];

  it.each(paths)('of %s forbid caching and framing, and carry a request id', async (path) => {
    const { headers } = await get(await startPool(), path);
    expect(headers.get('cache-control')).toBe('no-cache, no-store, max-age=0, must-revalidate');
    expect(headers.get('pragma')).toBe('no-cache');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('x-amz-cognito-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.has('strict-transport-security')).toBe(false);
    expect(headers.getSetCookie().join()).toContain('XSRF-TOKEN=');
  });

  it.each(['/oauth2/token', '/oauth2/revoke', '/oauth2/userInfo'])(
    'of %s let any origin read, preflight included',
    async (path) => {
      const pool = await startPool();
      const origin = { origin: 'https://elsewhere.example' };
      expect((await get(pool, path, origin)).headers.get('access-control-allow-origin')).toBe('*');
      const preflight = new Request(`${DOMAIN}${path}`, { method: 'OPTIONS', headers: origin });
      const answer = await pool.fetch(preflight);
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    },
  );

  it.each([
    `/login?${authorizeParams()}`,
    '/logout',
    '/error',
    `${ISSUER_PATH}/.well-known/jwks.json`,
  ])('of %s do not', async (path) => {
    const { headers } = await get(await startPool(), path, { origin: 'https://elsewhere.example' });
    expect(headers.has('access-control-allow-origin')).toBe(false);
  });

  it('on an https domain have HSTS', async () => {
    const pool = await startPool({ domain: 'https://auth.example.com' });
    expect((await get(pool, '/error')).headers.has('strict-transport-security')).toBe(true);
  });

  it('of the keys set no cookie', async () => {
    const response = await get(await startPool(), `${ISSUER_PATH}/.well-known/jwks.json`);
    expect(response.headers.getSetCookie()).toEqual([]);
  });
});

describe('faults', () => {
  it('answer with a status, a body and headers, as often as asked', async () => {
    const pool = await startPool();
    const { refresh_token } = await signInForTokens(pool);
    pool.fault('/oauth2/token', {
      status: 429,
      body: 'slow',
      headers: { 'retry-after': '7' },
      times: 2,
    });
    for (const _ of [1, 2]) {
      const response = await refresh(pool, refresh_token);
      expect(response.status).toBe(429);
      expect(response.headers.get('retry-after')).toBe('7');
      expect(await response.text()).toBe('slow');
    }
    expect((await refresh(pool, refresh_token)).status).toBe(200);
  });

  it('last until they are cleared, and hit their path alone', async () => {
    const pool = await startPool();
    pool.fault('/oauth2/token', { status: 500 });
    expect((await post(pool, '/oauth2/token', {})).status).toBe(500);
    expect((await post(pool, '/oauth2/token', {})).status).toBe(500);
    expect((await get(pool, '/error')).status).toBe(400);
    pool.fault('/oauth2/token', null);
    expect((await post(pool, '/oauth2/token', {})).status).toBe(400);
  });

  it('reset as fetch reports it', async () => {
    const pool = await startPool();
    pool.fault('/error', { reset: true });
    await expect(get(pool, '/error')).rejects.toBeInstanceOf(TypeError);
  });

  it('delay, and then let the pool answer', async () => {
    const pool = await startPool();
    pool.fault('/error', { delayMs: 1 });
    expect((await get(pool, '/error')).status).toBe(400);
  });
});

describe('the request log', () => {
  it('has method, path, grant type and status, and no secret', async () => {
    const pool = await startPool();
    const { refresh_token } = await signInForTokens(pool);
    await refresh(pool, refresh_token);
    pool.fault('/error', { hang: true });
    void get(pool, '/error?error=x');
    expect(pool.requests()).toEqual([
      { method: 'GET', path: '/login', status: 200 },
      { method: 'POST', path: '/login', status: 302 },
      { method: 'POST', path: '/oauth2/token', grantType: 'authorization_code', status: 200 },
      { method: 'POST', path: '/oauth2/token', grantType: 'refresh_token', status: 200 },
      { method: 'GET', path: '/error', status: null },
    ]);
  });
});

describe('the environment', () => {
  it('names everything that a site needs but its own secret', async () => {
    const pool = await startPool();
    expect(pool.environment({ redirectUri: REDIRECT_URI, logoutUri: LOGOUT_URI })).toEqual({
      COGNITO_REGION: 'us-east-1',
      COGNITO_USER_POOL_ID: 'us-east-1_LocalPool',
      COGNITO_DOMAIN: DOMAIN,
      COGNITO_ISSUER: `${DOMAIN}/us-east-1_LocalPool`,
      COGNITO_CLIENT_ID: 'confidential',
      COGNITO_CLIENT_SECRET: 'a secret+with:odd%characters',
      COGNITO_REDIRECT_URI: REDIRECT_URI,
      COGNITO_LOGOUT_URI: LOGOUT_URI,
    });
  });

  it('of a public client has no secret, of unusual scopes has those', async () => {
    const pool = await startPool();
    const site = { redirectUri: REDIRECT_URI };
    expect(pool.environment({ ...site, client: 'public' })).not.toHaveProperty(
      'COGNITO_CLIENT_SECRET',
    );
    const narrow = await startPoolWith({ scopes: ['openid'] });
    expect(narrow.environment(site).COGNITO_SCOPES).toBe('openid');
  });

  it('of an unknown client is an error', async () => {
    const pool = await startPool();
    expect(() => pool.environment({ redirectUri: REDIRECT_URI, client: 'x' })).toThrow('"x"');
  });
});

describe('the seeded clients', () => {
  it("have ids and a secret in Cognito's format, and both callback URLs", () => {
    const [confidential, open] = seedClients('http://localhost:4000');
    expect(confidential?.clientId).toMatch(/^[0-9a-z]{26}$/);
    expect(confidential?.clientSecret).toMatch(/^[0-9a-z]{51}$/);
    expect(open?.clientId).toMatch(/^[0-9a-z]{26}$/);
    expect(open?.clientSecret).toBeUndefined();
    for (const client of [confidential, open]) {
      expect(client?.redirectUris).toEqual([
        'http://localhost:4000/login',
        'http://localhost:4000/login/',
      ]);
      expect(client?.logoutUris).toEqual(['http://localhost:4000/']);
      expect(client?.scopes).toBe(DEFAULT_SCOPES);
    }
  });
});
