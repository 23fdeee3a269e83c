import { describe, expect, test } from 'vitest';
import { parseConfig } from '@/lib/cognito/config/parse-config';

const GOOD = {
  COGNITO_REGION: 'us-west-2',
  COGNITO_USER_POOL_ID: 'us-west-2_AbCdEfGhI',
  COGNITO_DOMAIN: 'my-app',
  COGNITO_CLIENT_ID: '1example23456789abcdefghij',
  COGNITO_REDIRECT_URI: 'https://example.com/login',
  SESSION_SECRET: 'tests-only:Zk3vQ9wL7Tx2Bn8Yd5Hm4Jc6Pf1Gs0',
};
const RELAY = 'tests-only:relay:Wq8eRt5Yu2Io9Pa6Sd3Fg0Hj';
const HOSTS = 'my-app-git-*-my-team.vercel.app';
const PREVIEW = 'https://my-app-git-new-my-team.vercel.app';

const configOf = (env: Record<string, string>) => {
  const parsed = parseConfig({ ...GOOD, ...env });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.config;
};
const problemsOf = (env: Record<string, string>) => {
  const parsed = parseConfig({ ...GOOD, ...env });
  return parsed.ok ? [] : parsed.problems.map(({ variable, problem }) => `${variable} ${problem}`);
};

describe('previews', () => {
  test('are off by default', () => {
    expect(configOf({}).preview).toBeUndefined();
  });

  test('have their own origin, and the redirect and sign-out URI of production', () => {
    const config = configOf({ PREVIEW_RELAY_SECRET: RELAY, PREVIEW_ORIGIN: PREVIEW });
    expect(config).toMatchObject({
      origin: PREVIEW,
      redirectUri: 'https://example.com/login',
      logoutUri: 'https://example.com/',
      preview: { role: 'preview', secret: RELAY },
    });
  });

  test('are listed in production, whose own origin does not change', () => {
    const hosts = `${HOSTS}  staging.example.com`;
    const config = configOf({ PREVIEW_RELAY_SECRET: RELAY, PREVIEW_RELAY_HOSTS: hosts });
    expect(config.origin).toBe('https://example.com');
    expect(config.preview).toEqual({
      role: 'relay',
      secret: RELAY,
      hosts: [HOSTS, 'staging.example.com'],
    });
  });

  test('relay nothing themselves, even if they share production’s settings', () => {
    const shared = { PREVIEW_RELAY_SECRET: RELAY, PREVIEW_RELAY_HOSTS: HOSTS };
    expect(configOf({ ...shared, PREVIEW_ORIGIN: PREVIEW }).preview?.role).toBe('preview');
  });

  test.each([
    [{ PREVIEW_RELAY_SECRET: 'short', PREVIEW_ORIGIN: PREVIEW }, /^PREVIEW_RELAY_SECRET must have/],
    [
      { PREVIEW_RELAY_SECRET: 'change-me-'.repeat(4), PREVIEW_ORIGIN: PREVIEW },
      /^PREVIEW_RELAY_SECRET is easy to guess/,
    ],
    [
      { PREVIEW_RELAY_SECRET: GOOD.SESSION_SECRET, PREVIEW_ORIGIN: PREVIEW },
      /^PREVIEW_RELAY_SECRET must differ from SESSION_SECRET/,
    ],
    [
      {
        SESSION_SECRET: JSON.stringify({ 1: RELAY, 2: GOOD.SESSION_SECRET }),
        PREVIEW_RELAY_SECRET: RELAY,
        PREVIEW_ORIGIN: PREVIEW,
      },
      /^PREVIEW_RELAY_SECRET must differ from SESSION_SECRET/,
    ],
    [{ PREVIEW_ORIGIN: PREVIEW }, /^PREVIEW_RELAY_SECRET is not set/],
    [{ PREVIEW_RELAY_HOSTS: HOSTS }, /^PREVIEW_RELAY_SECRET is not set/],
    [
      { PREVIEW_RELAY_SECRET: RELAY },
      /^PREVIEW_RELAY_HOSTS is not set, and neither is PREVIEW_ORIGIN/,
    ],
    [
      { PREVIEW_RELAY_SECRET: RELAY, PREVIEW_RELAY_HOSTS: '*.vercel.app' },
      /^PREVIEW_RELAY_HOSTS is "\*\.vercel\.app", which is not/,
    ],
    [
      { PREVIEW_RELAY_SECRET: RELAY, PREVIEW_ORIGIN: 'https://example.com' },
      /^PREVIEW_ORIGIN is the origin of COGNITO_REDIRECT_URI/,
    ],
    [
      { PREVIEW_RELAY_SECRET: RELAY, PREVIEW_ORIGIN: `${PREVIEW}/login` },
      /^PREVIEW_ORIGIN is ".*", which is not an origin \(no path\)/,
    ],
    [
      { PREVIEW_RELAY_SECRET: RELAY, PREVIEW_ORIGIN: 'http://preview.example.com' },
      /^PREVIEW_ORIGIN is ".*": it must be https/,
    ],
  ])('%j is refused in one line', (env, problem) => {
    const problems = problemsOf(env);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(problem);
    expect(problems[0]).not.toContain(RELAY);
  });
});

describe('on Vercel', () => {
  const VERCEL = {
    VERCEL_ENV: 'production',
    VERCEL_URL: 'my-app-abc123-my-team.vercel.app',
    VERCEL_BRANCH_URL: 'my-app-git-new-my-team.vercel.app',
    VERCEL_PROJECT_PRODUCTION_URL: 'my-app.example.com',
  };
  const unset = { COGNITO_REDIRECT_URI: '' };

  test('the redirect URI uses the production domain, unless another one is set', () => {
    expect(configOf({ ...VERCEL, ...unset }).redirectUri).toBe('https://my-app.example.com/login');
    expect(configOf(VERCEL).redirectUri).toBe('https://example.com/login');
  });

  test('a preview with a relay gets its origin from its branch URL', () => {
    const preview = { ...VERCEL, VERCEL_ENV: 'preview', PREVIEW_RELAY_SECRET: RELAY };
    expect(configOf({ ...preview, ...unset })).toMatchObject({
      origin: PREVIEW,
      redirectUri: 'https://my-app.example.com/login',
      preview: { role: 'preview' },
    });
    const named = { ...preview, PREVIEW_ORIGIN: 'https://stable.example.com' };
    expect(configOf(named).origin).toBe('https://stable.example.com');
  });

  test('a preview without a relay reports that the redirect URI is not set', () => {
    const preview = { ...VERCEL, VERCEL_ENV: 'preview', ...unset };
    expect(problemsOf(preview)).toEqual(['COGNITO_REDIRECT_URI is not set']);
  });

  test.each(['evil.example/x', 'a@b.example', 'localhost', 'a b.example', '//x.example'])(
    'an invalid production domain (%s) is not used',
    (host) => {
      const env = { ...VERCEL, ...unset, VERCEL_PROJECT_PRODUCTION_URL: host };
      expect(problemsOf(env)).toEqual(['COGNITO_REDIRECT_URI is not set']);
    },
  );

  test('a first deploy has two URLs to register', () => {
    expect(parseConfig(VERCEL)).toMatchObject({
      ok: false,
      blank: true,
      urls: {
        redirectUri: 'https://my-app.example.com/login',
        logoutUri: 'https://my-app.example.com/',
      },
    });
  });
});
