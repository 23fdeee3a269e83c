import { afterEach, describe, expect, it } from 'vitest';
import { createJar, startLocalPool, type TestPool, type TestPoolOptions } from '../src/testing';
import { claimsOf } from './support';

let open: TestPool[] = [];

afterEach(async () => {
  await Promise.all(open.map((pool) => pool.close()));
  open = [];
});

async function start(options: TestPoolOptions = {}): Promise<TestPool> {
  const pool = await startLocalPool(options);
  open.push(pool);
  return pool;
}

/** Sends a refresh to the token endpoint, as the site would. */
async function refresh(pool: TestPool, token: string): Promise<Response> {
  const { COGNITO_CLIENT_ID = '', COGNITO_CLIENT_SECRET = '' } = pool.environment();
  const body = new URLSearchParams({
    grant_type: 'refresh_token',
    client_id: COGNITO_CLIENT_ID,
    client_secret: COGNITO_CLIENT_SECRET,
    refresh_token: token,
  });
  return await pool.fetch(new Request(`${pool.origin}/oauth2/token`, { method: 'POST', body }));
}

describe('the users of a test', () => {
  it('are complete with a name alone', async () => {
    const pool = await start({ users: { bob: {}, 'eve@corp.example': {} } });
    const { idToken } = await pool.mint('bob');
    expect(claimsOf(idToken)).toMatchObject({
      'cognito:username': 'bob',
      email: 'bob@example.com',
      email_verified: true,
    });
    expect(claimsOf(idToken)).not.toHaveProperty('cognito:groups');
    expect(claimsOf(idToken).sub).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(claimsOf((await pool.mint('eve@corp.example')).idToken).email).toBe('eve@corp.example');
  });

  it('have what is declared', async () => {
    const alice = {
      sub: 'a-sub',
      groups: ['admin', 'staff'],
      email: 'a@corp.example',
      emailVerified: false,
      attributes: { 'custom:plan': 'gold' },
    };
    const { idToken } = await (await start({ users: { alice } })).mint('alice');
    expect(claimsOf(idToken)).toMatchObject({
      sub: 'a-sub',
      'cognito:groups': ['admin', 'staff'],
      email: 'a@corp.example',
      email_verified: false,
      'custom:plan': 'gold',
    });
  });

  it('are those of testUsers() when none are declared', async () => {
    expect(claimsOf((await (await start()).mint('alice')).idToken).name).toBe('Alice Archer');
  });

  it('may not differ in case only', async () => {
    await expect(start({ users: { bob: {}, Bob: {} } })).rejects.toThrow(
      'The users "bob" and "Bob" differ in case only.',
    );
  });

  it('are listed in the error for an unknown user', async () => {
    const pool = await start({ users: { bob: {} } });
    await expect(pool.signInAs(createJar(pool.site), 'eve')).rejects.toThrow(
      'The pool has no user "eve" with a known password. Its users: bob.',
    );
    await expect(pool.mint('eve')).rejects.toThrow('"eve"');
  });
});

describe('minted tokens', () => {
  it('have overridden claims, and lack removed ones', async () => {
    const pool = await start();
    const { idToken, accessToken } = await pool.mint('alice', {
      id: { aud: 'another', email: undefined },
      access: { scope: 'mine', exp: 1 },
    });
    expect(claimsOf(idToken)).toMatchObject({ aud: 'another', token_use: 'id' });
    expect(claimsOf(idToken)).not.toHaveProperty('email');
    expect(claimsOf(accessToken)).toMatchObject({ scope: 'mine', exp: 1, username: 'alice' });
  });

  it('are known to the pool: userInfo and refreshing work, revoking ends both', async () => {
    const pool = await start();
    const { accessToken, refreshToken } = await pool.mint('alice');
    const headers = { authorization: `Bearer ${accessToken}` };
    const ask = () => pool.fetch(new Request(`${pool.origin}/oauth2/userInfo`, { headers }));
    expect((await ask()).status).toBe(200);
    expect((await refresh(pool, refreshToken)).status).toBe(200);
    pool.revokeAll('alice');
    expect((await ask()).status).toBe(401);
    expect((await refresh(pool, refreshToken)).status).toBe(400);
  });
});

describe('the environment of the site', () => {
  it('is complete, and the test can override it', async () => {
    const pool = await start({
      site: 'http://localhost:4000',
      redirectPath: '/login/',
      siteEnv: { SESSION_IDLE: '5m' },
    });
    const environment = pool.environment();
    expect(environment).toMatchObject({
      COGNITO_DOMAIN: pool.origin,
      COGNITO_REDIRECT_URI: 'http://localhost:4000/login/',
      COGNITO_LOGOUT_URI: 'http://localhost:4000/',
      SESSION_IDLE: '5m',
    });
    expect(environment.SESSION_SECRET?.length).toBeGreaterThanOrEqual(32);
  });
});

describe('a direct sign-in', () => {
  it('passes the site’s seal function what it needs, and sets the cookies that it returns', async () => {
    const told: unknown[] = [];
    const pool = await start({
      users: { bob: {} },
      seal: async (environment, tokens, before) => {
        told.push(environment, claimsOf(tokens.id_token ?? ''), [...before]);
        return [
          { name: 'session', value: 'sealed', secure: false, maxAge: 60 },
          { name: 'session.1', value: '', secure: false, maxAge: 0 },
        ];
      },
    });
    const jar = createJar(pool.site);
    jar.store(pool.site, ['session=old', 'session.1=old']);
    await pool.signInAs(jar, 'bob', { directly: true });
    expect(told).toEqual([
      pool.environment(),
      expect.objectContaining({ 'cognito:username': 'bob', nonce: expect.any(String) }),
      [
        ['session', 'old'],
        ['session.1', 'old'],
      ],
    ]);
    expect(jar.cookie(pool.site)).toBe('session=sealed');
  });

  it('without a seal function is an error that names the option', async () => {
    const pool = await start();
    await expect(pool.signInAs(createJar(pool.site), 'alice', { directly: true })).rejects.toThrow(
      'To sign in directly, startLocalPool() needs the option `seal`.',
    );
  });
});

it('a jar keeps cookies by host, and drops what is deleted', () => {
  const jar = createJar('http://localhost:3000');
  jar.store('http://localhost:3000/x', ['a=1; Path=/', 'b=2; HttpOnly']);
  jar.store('http://127.0.0.1:9339', ['c=3']);
  jar.store('http://localhost:4000', ['b=; Max-Age=0']);
  expect(jar.cookie('http://localhost:5000')).toBe('a=1');
  expect(jar.cookie('http://127.0.0.1:1')).toBe('c=3');
});

it.each([{ NODE_ENV: 'production' }, { VERCEL: '1' }, { AWS_LAMBDA_FUNCTION_NAME: 'f' }])(
  'the kit does not start with %o',
  async (env) => {
    await expect(startLocalPool({ env })).rejects.toThrow('does not start');
  },
);
