import { describe, expect, it } from 'vitest';
import { DEFAULT_SCOPES } from '../src/app-client';
import { testClients } from '../src/testing/test-seeds';
import {
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
  it('is under the pool id when the issuer is on another host', async () => {
    const issuer = 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_LocalPool';
    const pool = await startPool({ issuer });
    const response = await get(pool, `${ISSUER_PATH}/.well-known/openid-configuration`);
    expect(await response.json()).toMatchObject({ issuer });
  });
});

describe('headers', () => {
  it.each(['/oauth2/token', '/oauth2/revoke', '/oauth2/userInfo'])(
    'of a preflight to %s allow any origin',
    async (path) => {
      const headers = { origin: 'https://elsewhere.example' };
      const preflight = new Request(`${DOMAIN}${path}`, { method: 'OPTIONS', headers });
      const answer = await (await startPool()).fetch(preflight);
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    },
  );

  it('on an https domain include HSTS', async () => {
    const pool = await startPool({ domain: 'https://auth.example.com' });
    expect((await get(pool, '/error')).headers.has('strict-transport-security')).toBe(true);
  });
});

describe('faults', () => {
  it('return a status, a body and headers, as often as requested', async () => {
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

  it('last until they are cleared, and only affect their path', async () => {
    const pool = await startPool();
    pool.fault('/oauth2/token', { status: 500 });
    expect((await post(pool, '/oauth2/token', {})).status).toBe(500);
    expect((await post(pool, '/oauth2/token', {})).status).toBe(500);
    expect((await get(pool, '/error')).status).toBe(400);
    pool.fault('/oauth2/token', null);
    expect((await post(pool, '/oauth2/token', {})).status).toBe(400);
  });

  it('reset the connection as fetch reports it', async () => {
    const pool = await startPool();
    pool.fault('/error', { reset: true });
    await expect(get(pool, '/error')).rejects.toBeInstanceOf(TypeError);
  });

  it('delay the pool’s own response', async () => {
    const pool = await startPool();
    pool.fault('/error', { delayMs: 1 });
    expect((await get(pool, '/error')).status).toBe(400);
  });
});

describe('the request log', () => {
  it('contains method, path, grant type and status, and no secret', async () => {
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
  it('contains everything that a site needs except SESSION_SECRET', async () => {
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

  it('has no secret for a public client, and names unusual scopes', async () => {
    const pool = await startPool();
    const site = { redirectUri: REDIRECT_URI };
    expect(pool.environment({ ...site, client: 'public' })).not.toHaveProperty(
      'COGNITO_CLIENT_SECRET',
    );
    const narrow = await startPoolWith({ scopes: ['openid'] });
    expect(narrow.environment(site).COGNITO_SCOPES).toBe('openid');
  });

  it('for an unknown client is an error', async () => {
    const pool = await startPool();
    expect(() => pool.environment({ redirectUri: REDIRECT_URI, client: 'x' })).toThrow('"x"');
  });
});

describe('the clients of a test', () => {
  it("have ids and a secret in Cognito's format, and both callback URLs", () => {
    const [confidential, open] = testClients('http://localhost:4000');
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
