import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseConfig } from '@/lib/cognito/config/parse-config';
import { startLocalPool, type TestPool } from '@/lib/local-pool/src/testing';
import { addresses, nodeVersion, sessionSecret } from '@/tools/doctor/checks/local';
import { checksThatAre, examineSite, wrongs } from './support';

let pool: TestPool;
beforeAll(async () => {
  pool = await startLocalPool();
});
afterAll(() => pool.close());

describe('a session secret', () => {
  const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';
  test.each([
    ['one character', 'a'.repeat(40)],
    ['a repeated word', 'hunter2-'.repeat(5)],
    ['the alphabet', ALPHABET],
    ['few characters', 'abbaabababbbaabbabaabbbabaabababbaab'],
    ['a word of an example', `${'kX9'}-change-me-qR7wZ2pL5vT8nB4m`],
  ])('of %s is weak, and is not shown', (_, secret) => {
    const [found] = sessionSecret(secret);
    expect(found).toMatchObject({ outcome: 'wrong', value: `${secret.length} characters` });
    expect(JSON.stringify(found)).toContain('openssl rand -base64 32');
    expect(JSON.stringify(found)).not.toContain(secret.slice(0, 12));
  });

  test('with a word from .env.example is weak', async () => {
    const example = await readFile('.env.example', 'utf8');
    for (const word of ['secret', 'example', 'openssl', 'characters', 'nobody', 'session']) {
      expect(example.toLowerCase()).toContain(word);
      expect(sessionSecret(`kX9qR7wZ2pL5vT8nB4m_${word}_Hc6yJd3`)[0]?.outcome).toBe('wrong');
    }
  });

  test('that is numbered is reported by its number', () => {
    const found = sessionSecret({ 1: 'b'.repeat(32), 2: 'kX9qR7wZ2pL5vT8nB4mHc6yJd3FgS1aU' });
    expect(found).toHaveLength(1);
    expect(JSON.stringify(found)).toContain('Secret number 1');
  });

  test('that is random is strong, in base64 and in hexadecimal', () => {
    for (let drawn = 0; drawn < 200; drawn += 1) {
      const bytes = Buffer.from(crypto.getRandomValues(new Uint8Array(32)));
      const texts = [bytes.toString('base64'), bytes.subarray(0, 16).toString('hex')];
      for (const text of texts) expect(sessionSecret(text)[0]?.outcome).toBe('ok');
    }
  });

  test('that is too short is reported as wrong, with its length', async () => {
    const findings = await examineSite(pool, { SESSION_SECRET: 'kX9qR7wZ2p' });
    expect(checksThatAre('wrong', findings)).toEqual(['session-secret']);
    expect(wrongs(findings)[0]?.text).toContain('"value":"10 characters"');
  });
});

describe('the addresses', () => {
  test('with http beyond loopback are wrong', async () => {
    const found = wrongs(
      await examineSite(pool, { COGNITO_REDIRECT_URI: 'http://example.com/login' }),
    );
    expect(found.map(({ check }) => check)).toEqual(['redirect-uri']);
    expect(found[0]?.text).toContain('it must be https');
  });

  test('that differ in their origin get a warning', async () => {
    const findings = await examineSite(pool, { COGNITO_LOGOUT_URI: 'https://www.example.com/' });
    expect(checksThatAre('warning', findings)).toEqual(['addresses']);
  });

  test('of a site on the internet with a pool on this machine are wrong', () => {
    const parsed = parseConfig({
      ...pool.environment(),
      COGNITO_REDIRECT_URI: 'https://example.com/login',
      COGNITO_LOGOUT_URI: undefined,
    });
    if (!parsed.ok) throw new Error('The settings are wrong.');
    expect(addresses(parsed.config)[0]).toMatchObject({ check: 'addresses', outcome: 'wrong' });
    const secure = { ...parsed.config, domain: 'https://auth.example.com' };
    expect(JSON.stringify(addresses(secure))).toContain('__Host-session');
  });
});

test.each([
  ['v18.19.1', 'wrong'],
  ['v20.19.9', 'wrong'],
  ['v20.20.2', 'warning'],
  ['v22.12.0', 'warning'],
  ['v22.13.0', 'ok'],
  ['v24.1.0', 'ok'],
])('Node.js %s is %s', (version, outcome) => {
  expect(nodeVersion(version)).toMatchObject({ check: 'node', outcome });
});

test('missing settings are reported, and the others are still checked', async () => {
  const changes = { SESSION_SECRET: '', COGNITO_REDIRECT_URI: '', COGNITO_REGION: '' };
  const findings = await examineSite(pool, changes);
  expect(checksThatAre('wrong', findings).toSorted()).toEqual([
    'redirect-uri',
    'session-secret',
    'user-pool',
  ]);
  expect(checksThatAre('ok', findings)).toEqual(
    expect.arrayContaining(['client-secret', 'domain', 'issuer', 'logout-uri', 'token-revocation']),
  );
});

const RELAY_SECRET = 'kX9qR7wZ2pL5vT8nB4mHc6yJd3FgS1aU';

test.each<[string, Record<string, string>]>([
  ['no secret', { PREVIEW_RELAY_HOSTS: '*.preview.example.com' }],
  ['no hosts', { PREVIEW_RELAY_SECRET: RELAY_SECRET }],
  [
    'hosts that anyone can register',
    { PREVIEW_RELAY_SECRET: RELAY_SECRET, PREVIEW_RELAY_HOSTS: '*.vercel.app' },
  ],
  ['an invalid origin', { PREVIEW_RELAY_SECRET: RELAY_SECRET, PREVIEW_ORIGIN: 'nowhere' }],
])(
  'a relay for previews with %s is wrong, and the other settings are still checked',
  async (_, changes) => {
    const findings = await examineSite(pool, changes);
    expect(checksThatAre('wrong', findings)).toEqual(['settings']);
    expect(JSON.stringify(findings)).not.toContain(RELAY_SECRET);
    expect(checksThatAre('ok', findings)).toEqual(
      expect.arrayContaining(['client-secret', 'redirect-uri', 'logout-uri']),
    );
  },
);

describe('a wrong value leads to no conclusion about another setting', () => {
  const find = async (changes: Record<string, string>) => {
    const findings = await examineSite(pool, changes);
    const whys = findings.flatMap((finding) => (finding.outcome === 'unknown' ? [finding] : []));
    return { findings, why: new Map(whys.map(({ check, why }) => [check, why])) };
  };

  test('an invalid issuer says nothing about the user pool ID', async () => {
    const { why } = await find({ COGNITO_ISSUER: 'x' });
    expect(why.get('user-pool')).toBe('COGNITO_ISSUER is missing or invalid');
  });

  test('an issuer without a pool is the reason, not the user pool ID', async () => {
    const { findings } = await find({ COGNITO_ISSUER: `${pool.origin}/nowhere` });
    expect(wrongs(findings)[0]?.text).toContain('Unset COGNITO_ISSUER');
  });

  test('an invalid redirect URI does not hide an app client that exists', async () => {
    const { findings } = await find({ COGNITO_REDIRECT_URI: 'x' });
    expect(checksThatAre('ok', findings)).toContain('app-client');
  });

  test('an unknown app client is the reason for what its secret would show', async () => {
    const { why } = await find({ COGNITO_CLIENT_ID: 'nonexistent123' });
    expect(why.get('token-revocation')).toBe("we couldn't confirm that the app client exists");
  });

  test('an invalid logout URI is named, not the address of the site', async () => {
    const { why } = await find({ COGNITO_LOGOUT_URI: 'x' });
    expect(why.get('addresses')).toBe('COGNITO_LOGOUT_URI is missing or invalid');
  });

  test('scopes with commas get the right value', async () => {
    const { findings } = await find({ COGNITO_SCOPES: 'openid, email' });
    expect(wrongs(findings)[0]?.text).toContain('COGNITO_SCOPES=\\"openid email\\"');
  });
});
