import { randomBytes } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';
import { ADVICE } from '@/lib/cognito/config/advice';
import { readEnvironment } from '@/lib/cognito/config/environment';
import { parseConfig } from '@/lib/cognito/config/parse-config';
import { config, ENV, NEWER_SECRET, OTHER_SECRET } from './support';

function problems(env: Record<string, string | undefined>): string[] {
  const parsed = parseConfig({ ...ENV, ...env });
  return parsed.ok ? [] : parsed.problems.map(({ variable }) => variable);
}

describe('a valid environment', () => {
  test('gives every URL', () => {
    expect(config()).toMatchObject({
      domain: 'https://my-app.auth.us-west-2.amazoncognito.com',
      issuer: 'https://cognito-idp.us-west-2.amazonaws.com/us-west-2_AbCdEfGhI',
      api: 'https://cognito-idp.us-west-2.amazonaws.com',
      origin: 'https://example.com',
      logoutUri: 'https://example.com/',
      scopes: 'openid email profile phone aws.cognito.signin.user.admin',
      secure: true,
    });
    expect(Object.isFrozen(config())).toBe(true);
  });

  test.each([
    ['auth.example.com', 'https://auth.example.com'],
    ['https://auth.example.com', 'https://auth.example.com'],
    ['https://auth.example.com/', 'https://auth.example.com'],
    ['http://127.0.0.1:4801', 'http://127.0.0.1:4801'],
    ['http://localhost:4801', 'http://localhost:4801'],
  ])('accepts the domain %s', (given, domain) => {
    expect(config({ COGNITO_DOMAIN: given }).domain).toBe(domain);
  });

  test.each([
    ['us-gov-west-1', 'https://my-app.auth-fips.us-gov-west-1.amazoncognito.com'],
    ['cn-north-1', 'https://my-app.auth.cn-north-1.amazoncognito.com.cn'],
    ['ap-southeast-2', 'https://my-app.auth.ap-southeast-2.amazoncognito.com'],
  ])('knows the domain of %s', (region, domain) => {
    const env = { COGNITO_REGION: region, COGNITO_USER_POOL_ID: `${region}_AbCdEfGhI` };
    expect(config(env).domain).toBe(domain);
  });

  test.each([
    'https://example.com/login',
    'https://example.com/login/',
    'http://localhost:3000/login',
    'http://[::1]:3000/login',
  ])('keeps the redirect URI %s byte for byte', (uri) => {
    expect(config({ COGNITO_REDIRECT_URI: uri }).redirectUri).toBe(uri);
  });

  test('without a client secret has a public client, and values are trimmed', () => {
    expect(config({ COGNITO_CLIENT_SECRET: ' ' }).clientSecret).toBeUndefined();
    expect(config({ COGNITO_CLIENT_ID: ` ${ENV.COGNITO_CLIENT_ID}\n` }).clientId).toBe(
      ENV.COGNITO_CLIENT_ID,
    );
  });

  test('accepts another issuer, and uses a local one for the API too', () => {
    const issuer = 'http://127.0.0.1:4801/us-west-2_AbCdEfGhI';
    expect(config({ COGNITO_ISSUER: issuer })).toMatchObject({
      issuer,
      api: 'http://127.0.0.1:4801',
    });
    const updated = 'https://issuer-cognito-idp.us-west-2.amazonaws.com/us-west-2_AbCdEfGhI';
    expect(config({ COGNITO_ISSUER: updated }).api).toBe(
      'https://cognito-idp.us-west-2.amazonaws.com',
    );
  });

  test('accepts numbered secrets', () => {
    const secrets = { 2: NEWER_SECRET, 1: OTHER_SECRET };
    expect(config({ SESSION_SECRET: JSON.stringify(secrets) }).sessionSecret).toEqual(secrets);
  });
});

test('the site gets every variable that it knows, and no other', () => {
  const vercel = ['VERCEL_ENV', 'VERCEL_BRANCH_URL', 'VERCEL_PROJECT_PRODUCTION_URL'];
  expect(Object.keys(readEnvironment()).sort()).toEqual([...Object.keys(ADVICE), ...vercel].sort());
  for (const name of [...Object.keys(ADVICE), ...vercel]) vi.stubEnv(name, `value of ${name}`);
  for (const [name, value] of Object.entries(readEnvironment())) {
    expect(value).toBe(`value of ${name}`);
  }
  vi.unstubAllEnvs();
});

describe('an invalid environment', () => {
  test('reports all problems at once', () => {
    const parsed = parseConfig({});
    expect(parsed).toMatchObject({ ok: false, blank: true });
    expect(problems(Object.fromEntries(Object.keys(ENV).map((name) => [name, ''])))).toEqual([
      'COGNITO_REGION',
      'COGNITO_USER_POOL_ID',
      'COGNITO_DOMAIN',
      'COGNITO_CLIENT_ID',
      'COGNITO_REDIRECT_URI',
      'SESSION_SECRET',
    ]);
    expect(parseConfig({ COGNITO_REGION: 'us-west-2' })).toMatchObject({ blank: false });
  });

  test.each([
    ['COGNITO_REGION', 'oregon'],
    ['COGNITO_USER_POOL_ID', 'us-west-2'],
    ['COGNITO_USER_POOL_ID', 'eu-west-1_AbCdEfGhI'],
    ['COGNITO_DOMAIN', 'My-App'],
    ['COGNITO_DOMAIN', 'http://auth.example.com'],
    ['COGNITO_DOMAIN', 'https://auth.example.com/oauth2'],
    ['COGNITO_DOMAIN', 'auth.example.com/oauth2'],
    ['COGNITO_CLIENT_ID', 'an id with spaces'],
    ['COGNITO_REDIRECT_URI', 'http://example.com/login'],
    ['COGNITO_REDIRECT_URI', 'http://localhost.evil.example/login'],
    ['COGNITO_REDIRECT_URI', 'https://example.com/callback'],
    ['COGNITO_REDIRECT_URI', 'https://example.com/login?x=1'],
    ['COGNITO_REDIRECT_URI', 'https://example.com/login#x'],
    ['COGNITO_REDIRECT_URI', 'https://example.com/a/../login'],
    ['COGNITO_REDIRECT_URI', 'https://user:pw@example.com/login'],
    ['COGNITO_REDIRECT_URI', 'https://EXAMPLE.com/login'],
    ['COGNITO_REDIRECT_URI', 'javascript:alert(1)'],
    ['COGNITO_LOGOUT_URI', 'http://example.com/'],
    ['COGNITO_LOGOUT_URI', 'nowhere'],
    ['COGNITO_SCOPES', 'email profile'],
    ['COGNITO_SCOPES', 'openid "x"'],
    ['COGNITO_ISSUER', `${'https://cognito-idp.us-west-2.amazonaws.com/us-west-2_AbCdEfGhI'}/`],
    ['COGNITO_ISSUER', 'http://example.com/pool'],
    ['SESSION_SECRET', NEWER_SECRET.slice(0, 31)],
    ['SESSION_SECRET', '{"1":"short"}'],
    ['SESSION_SECRET', '{"one":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}'],
    ['SESSION_SECRET', '{}'],
    ['SESSION_SECRET', '{not json at all, but long enough to be one}'],
  ])('%s=%s is the one problem', (variable, value) => {
    expect(problems({ [variable]: value })).toEqual([variable]);
  });

  test.each([
    'x'.repeat(40),
    'xy'.repeat(20),
    '********************************',
    'changemechangemechangemechangeme',
    'please-change-me-before-you-deploy-this',
    'complex_password_at_least_32_characters_long',
    'your-secret-here-of-32-letters-or-more',
    'replace-with-your-own-secret-of-32-letters',
    'hunter2hunter2hunter2hunter2hunter2',
    '12345678901234567890123456789012',
    'qwertyuiopasdfghjklzxcvbnm1234567890',
  ])('is a secret that anyone could guess: %s', (secret) => {
    const random = randomBytes(32).toString('base64');
    for (const value of [secret, JSON.stringify({ 2: random, 1: secret })]) {
      const parsed = parseConfig({ ...ENV, SESSION_SECRET: value });
      const [only, ...more] = parsed.ok ? [] : parsed.problems;
      expect(only?.variable).toBe('SESSION_SECRET');
      expect(only?.problem).toMatch(/^is easy to guess/);
      expect(ADVICE.SESSION_SECRET).toContain('openssl rand -base64 32');
      expect(more).toEqual([]);
      expect(JSON.stringify(parsed)).not.toContain(secret);
    }
  });

  test('is never a random secret, in any of the usual forms', () => {
    for (let round = 0; round < 200; round++) {
      for (const form of ['base64', 'base64url', 'hex'] as const) {
        const secret = randomBytes(32).toString(form);
        expect(problems({ SESSION_SECRET: secret })).toEqual([]);
      }
    }
    expect(problems({ SESSION_SECRET: crypto.randomUUID() })).toEqual([]);
  });

  test('is reported without the value of a secret', () => {
    const parsed = parseConfig({ ...ENV, SESSION_SECRET: 'hush-hush', COGNITO_REGION: 'oregon' });
    expect(JSON.stringify(parsed)).not.toMatch(/hush-hush|the-secret-of-the-app-client/);
    expect(JSON.stringify(parsed)).toContain('oregon');
  });
});

test('a password in a URL does not appear in the log', () => {
  for (const variable of ['COGNITO_REDIRECT_URI', 'COGNITO_LOGOUT_URI', 'COGNITO_DOMAIN']) {
    const parsed = parseConfig({ ...ENV, [variable]: 'https://user:pass-word@example.com/login' });
    if (parsed.ok) throw new Error('that was right');
    expect(JSON.stringify(parsed.problems)).not.toContain('pass-word');
    expect(JSON.stringify(parsed.problems)).toContain('example.com');
  }
});

/** "NAME problem" of each problem. */
function reasons(env: Record<string, string>): string[] {
  const parsed = parseConfig({ ...ENV, ...env });
  return parsed.ok ? [] : parsed.problems.map((each) => `${each.variable} ${each.problem}`);
}

test.each([
  [
    'COGNITO_DOMAIN',
    'https://someone:pw@auth.example.com',
    'a URL without credentials or fragment',
  ],
  ['COGNITO_LOGOUT_URI', 'https://someone@example.com/', 'a URL without credentials or fragment'],
  ['COGNITO_LOGOUT_URI', 'https://example.com/#top', 'a URL without credentials or fragment'],
  ['COGNITO_LOGOUT_URI', 'javascript:alert(1)', 'must be https'],
  ['COGNITO_DOMAIN', 'ftp://auth.example.com', 'must be https'],
  ['COGNITO_ISSUER', 'https://issuer.example.com/pool#1', 'a URL without credentials or fragment'],
  ['COGNITO_USER_POOL_ID', `us-west-2_${'a'.repeat(46)}`, 'a user pool ID'],
  ['COGNITO_REDIRECT_URI', 'https://example.com:443/login', 'must be /login'],
  ['SESSION_SECRET', `{"1.5":"${'n'.repeat(32)}"}`, 'numbered secrets'],
  ['SESSION_LIFETIME', '30', 'a duration from 1m to 400d'],
  ['SESSION_LIFETIME', '401d', 'a duration from 1m to 400d'],
  ['SESSION_IDLE', '0m', 'a duration from 1m to 400d'],
  ['SESSION_IDLE', '1h30m', 'a duration from 1m to 400d'],
  ['SESSION_SECRET', `{"01":"${'n'.repeat(32)}"}`, 'numbered secrets'],
])('%s=%s is refused with the right reason', (variable, value, reason) => {
  const [first, ...more] = reasons({ [variable]: value });
  expect(first).toMatch(new RegExp(`^${variable} .*${reason}`));
  expect(more).toEqual([]);
});

test('scopes may be separated by any white space; Cognito gets single spaces', () => {
  expect(config({ COGNITO_SCOPES: 'openid \n  email\tphone' }).scopes).toBe('openid email phone');
});

test('durations are read with their units, and have defaults', () => {
  const { sessionLifetime, sessionIdle } = config();
  expect([sessionLifetime, sessionIdle]).toEqual([30 * 86_400, undefined]);
  const set = config({ SESSION_LIFETIME: '12h', SESSION_IDLE: '45m' });
  expect([set.sessionLifetime, set.sessionIdle]).toEqual([43_200, 2700]);
});

test('a whole file pasted into a variable does not fill the log', () => {
  const [problem = ''] = reasons({ COGNITO_CLIENT_ID: 'x y'.repeat(10_000) });
  expect(problem.length).toBeLessThan(200);
});
