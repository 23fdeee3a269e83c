import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ADVICE } from '@/lib/cognito/config/advice';
import { parseConfig } from '@/lib/cognito/config/parse-config';
import { ENV } from '../../../tests/cognito/support';
import { budget } from './budget';
import { hostilePaths } from './hostile-grammar';

const text = fc.string({ unit: 'binary', maxLength: 40 });
const starts = ['', 'https://example.com', 'http://localhost:3000', 'http://example.com', 'my-app'];
const addresses = fc
  .tuple(fc.constantFrom(...starts), fc.oneof(hostilePaths, fc.constantFrom('', '/login', '/')))
  .map(([start, rest]) => start + rest);
const odd = fc.oneof(
  addresses,
  text,
  fc.constantFrom(
    '',
    ' ',
    '0',
    '-1',
    '1e9',
    'null',
    '{}',
    '[]',
    '{"1":',
    '{"__proto__":"x"}',
    '\n',
  ),
  fc.constantFrom('us-gov-west-1', 'cn-north-1', 'cn-north-1_abc', '30d', '401d', 'openid openid'),
);

/** Values that must never be printed; their marks make them easy to find. */
const secrets = text.map((rest) => `hush-${rest}-hush`);
/** Makes a secret long and random enough. */
const strong = (secret: string) => `${secret}Zk3vQ9wL7Tx2Bn8Yd5Hm4Jc6Pf1Gs0`;
const sessionSecrets = fc.oneof(
  secrets.map(strong),
  secrets,
  secrets.map((secret) => JSON.stringify({ 1: strong(secret) })),
  secrets.map((secret) => JSON.stringify({ 1: secret })),
  secrets.map((secret) => `{"1":${JSON.stringify(secret)}`),
);

const times = fc.constantFrom('', '0m', '1m', '59m', '400d', '401d', '9601h', '1e2d', '-1d');
const paths = fc.constantFrom(
  '/login',
  '/login/',
  '/login?x',
  '/x',
  '//login',
  '@evil.example/login',
);
const sites = fc.constantFrom('https://a.example/x', 'http://a.example/x', 'http://localhost/x');
/** Values that are almost valid for their variables. */
const near = fc.record(
  {
    SESSION_LIFETIME: times,
    SESSION_IDLE: times,
    COGNITO_SCOPES: fc.constantFrom('openid', 'email', 'email openid', 'xopenid', 'OpenID'),
    COGNITO_REDIRECT_URI: paths.map((path) => `https://example.com${path}`),
    COGNITO_LOGOUT_URI: sites,
    COGNITO_ISSUER: sites,
  },
  { requiredKeys: [] },
);

/** A valid environment, with some variables changed or missing, and some unknown ones added. */
const open = Object.keys(ADVICE).filter((name) => !name.includes('SECRET'));
const environments = fc
  .record({
    changes: fc.dictionary(fc.constantFrom(...open), odd, { maxKeys: 4 }),
    strange: fc.dictionary(text, text, { maxKeys: 2 }),
    near,
    missing: fc.subarray(Object.keys(ENV), { maxLength: 1 }),
    COGNITO_CLIENT_SECRET: secrets,
    SESSION_SECRET: sessionSecrets,
  })
  .map(({ changes, strange, near, missing, ...own }) => {
    const all: Record<string, string | undefined> = {
      ...strange,
      ...ENV,
      ...own,
      ...near,
      ...changes,
    };
    for (const name of missing) all[name] = undefined;
    return all;
  });

describe('whatever the environment says', () => {
  test('each problem has its advice, and is reported without a secret', () => {
    fc.assert(
      fc.property(environments, (env) => {
        const parsed = parseConfig(env);
        if (parsed.ok) return;
        expect(parsed.problems.length).toBeGreaterThan(0);
        for (const { variable } of parsed.problems) expect(ADVICE[variable]).toMatch(/\w{3}/);
        expect(JSON.stringify(parsed)).not.toContain('hush');
      }),
      budget(800),
    );
  });

  test('a site that starts uses https, or only loopback', () => {
    fc.assert(
      fc.property(environments, (env) => {
        const parsed = parseConfig(env);
        if (!parsed.ok) return;
        const { config } = parsed;
        const { redirectUri, logoutUri, issuer, api, domain, origin } = config;
        for (const address of [redirectUri, logoutUri, issuer, api, domain, origin]) {
          const { protocol, hostname, username, password } = new URL(address);
          const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
          expect(protocol === 'https:' || (protocol === 'http:' && isLocal)).toBe(true);
          expect(username + password).toBe('');
        }
        expect(origin).toBe(new URL(redirectUri).origin);
        expect([`${origin}/login`, `${origin}/login/`]).toContain(redirectUri);
        expect(config.secure).toBe(redirectUri.startsWith('https:'));
        expect(Object.isFrozen(config)).toBe(true);
      }),
      budget(800),
    );
  });

  test('the domain of the hosted UI is an origin, as a URL parser writes it', () => {
    const hosts = fc.stringMatching(/^[a-z0-9-]{1,8}(\.[a-z0-9-]{1,8}){0,2}$/);
    const odd = fc.constantFrom('a.999', '0x7f.1', 'auth.xn--a', 'xn--a');
    fc.assert(
      fc.property(fc.oneof(hosts, odd), (domain) => {
        const parsed = parseConfig({ ...ENV, COGNITO_DOMAIN: domain });
        if (!parsed.ok) return;
        expect(URL.canParse(parsed.config.domain)).toBe(true);
        expect(new URL(parsed.config.domain).origin).toBe(parsed.config.domain);
      }),
      budget(200),
    );
  });

  test('a session has secrets of at least 32 characters, the scope openid, and a limited lifetime', () => {
    fc.assert(
      fc.property(environments, (env) => {
        const parsed = parseConfig(env);
        if (!parsed.ok) return;
        const { sessionSecret, scopes, sessionLifetime, sessionIdle = 60 } = parsed.config;
        const all =
          typeof sessionSecret === 'string' ? [sessionSecret] : Object.values(sessionSecret);
        expect(all.length).toBeGreaterThan(0);
        for (const secret of all) expect(secret.length).toBeGreaterThanOrEqual(32);
        expect(scopes.split(' ')).toContain('openid');
        for (const seconds of [sessionLifetime, sessionIdle]) {
          expect(seconds).toBeGreaterThanOrEqual(60);
          expect(seconds).toBeLessThanOrEqual(400 * 86_400);
        }
      }),
      budget(400),
    );
  });

  test('an empty environment, and any other, is read without an error', () => {
    const names = fc.oneof(fc.constantFrom(...Object.keys(ADVICE)), text);
    fc.assert(
      fc.property(fc.dictionary(names, fc.option(odd, { nil: undefined })), (env) => {
        expect(typeof parseConfig(env).ok).toBe('boolean');
      }),
      budget(400),
    );
  });
});
