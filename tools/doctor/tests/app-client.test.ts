import { describe, expect, test } from 'vitest';
import type { AppClient } from '@/lib/local-pool/src/settings';
import { startLocalPool } from '@/lib/local-pool/src/testing';
import { CONFIDENTIAL_CLIENT_ID, PUBLIC_CLIENT_ID } from '@/lib/local-pool/src/testing/test-seeds';
import { type Changes, checksThatAre, examineSite, poolWith, wrongs } from './support';

/** All findings for an app client with these settings, and a site with these changes. */
async function find(client: Partial<AppClient>, changes: Changes = {}) {
  const pool = await poolWith(client);
  try {
    return await examineSite(pool, changes);
  } finally {
    await pool.close();
  }
}

describe('the app client', () => {
  test('that does not exist', async () => {
    const findings = await find({}, { COGNITO_CLIENT_ID: '1unknown2c3d4e5f6g7h8i9j0k' });
    expect(checksThatAre('wrong', findings)).toEqual(['app-client']);
    expect(wrongs(findings)[0]?.text).toContain('list-user-pool-clients --region us-east-1');
    expect(checksThatAre('unknown', findings)).toContain('client-secret');
  });

  test('without the authorization code grant', async () => {
    const findings = await find({ codeFlow: false, implicitFlow: true });
    expect(checksThatAre('wrong', findings)).toEqual(['code-grant']);
    expect(wrongs(findings)[0]?.text).toMatch(/Authorization code grant.*AllowedOAuthFlows/);
  });

  test('that does not allow a scope: the report names it', async () => {
    const findings = await find(
      { scopes: ['openid', 'email', 'profile'] },
      { COGNITO_SCOPES: undefined },
    );
    expect(checksThatAre('wrong', findings)).toEqual(['scopes']);
    const [found] = wrongs(findings);
    expect(found?.text).toContain('does not allow phone, aws.cognito.signin.user.admin');
    expect(found?.text).toContain('COGNITO_SCOPES=\\"openid email profile\\"');
    expect(checksThatAre('ok', findings)).toContain('login-pages');
  });

  test('without any identity provider', async () => {
    const findings = await find({ identityProviders: [] });
    expect(checksThatAre('wrong', findings)).toEqual(['identity-providers']);
    expect(wrongs(findings)[0]?.text).toContain('SupportedIdentityProviders');
  });

  test('without the identity provider of a link', async () => {
    const pool = await startLocalPool();
    const identityProviders = ['COGNITO', 'Google', 'Gogle'];
    const findings = await examineSite(pool, {}, { identityProviders });
    await pool.close();
    expect(wrongs(findings).map(({ text }) => /"value":"(\w+)"/.exec(text)?.[1])).toEqual([
      'Gogle',
    ]);
  });

  test('without a branding style: its sign-in pages are not shown', async () => {
    const findings = await find({ branded: false });
    expect(checksThatAre('wrong', findings)).toEqual(['login-pages']);
    expect(wrongs(findings)[0]?.text).toMatch(
      /create-managed-login-branding .*--use-cognito-provided-values/,
    );
  });

  test('without token revocation works, with a warning', async () => {
    const findings = await find({ tokenRevocation: false });
    expect(wrongs(findings)).toEqual([]);
    expect(checksThatAre('warning', findings)).toEqual(['token-revocation']);
    expect(checksThatAre('ok', findings)).toContain('client-secret');
  });
});

describe('the client secret', () => {
  test.each([
    ['wrong', CONFIDENTIAL_CLIENT_ID, 'w'.repeat(40), 'is not the secret of this app client'],
    ['missing', CONFIDENTIAL_CLIENT_ID, undefined, 'is not set'],
    ['not needed', PUBLIC_CLIENT_ID, 'w'.repeat(40), 'Unset COGNITO_CLIENT_SECRET'],
  ])('that is %s', async (_, client, secret, said) => {
    const changes = { COGNITO_CLIENT_ID: client, COGNITO_CLIENT_SECRET: secret };
    const findings = await find({}, changes);
    expect(checksThatAre('wrong', findings)).toEqual(['client-secret']);
    expect(wrongs(findings)[0]?.text).toContain(said);
  });
});

describe('a redirect URI that is not registered', () => {
  const https = {
    COGNITO_REDIRECT_URI: 'https://example.com/login',
    COGNITO_LOGOUT_URI: undefined,
  };
  const www = { ...https, COGNITO_REDIRECT_URI: 'https://www.example.com/login' };
  test.each<[string, string, Changes]>([
    [
      'one without the slash',
      'http://localhost:3000/login',
      { COGNITO_REDIRECT_URI: 'http://localhost:3000/login/' },
    ],
    ['one with a slash', 'https://example.com/login/', https],
    ['one with http', 'http://example.com/login', https],
    ['one with https', 'https://localhost:3000/login', {}],
    ['one without a port', 'http://localhost/login', {}],
    ['one with a port', 'https://example.com:3000/login', https],
    [
      'one with another port',
      'http://localhost:3000/login',
      { COGNITO_REDIRECT_URI: 'http://localhost:3001/login' },
    ],
    ['one with www', 'https://www.example.com/login', https],
    ['one without www', 'https://example.com/login', www],
    ['one with http and www', 'http://www.example.com/login/', https],
  ])(
    'but %s is: the report names it, and uses it for the other checks',
    async (_, registered, changes) => {
      const redirectUris = [registered];
      const site = new URL(changes.COGNITO_REDIRECT_URI ?? 'http://localhost:3000').origin;
      const findings = await find(
        { redirectUris, logoutUris: [`${site}/`] },
        {
          ...changes,
          COGNITO_LOGOUT_URI: undefined,
        },
      );
      const [found, ...others] = wrongs(findings).filter(({ check }) => check !== 'addresses');
      expect(others).toEqual([]);
      expect(found?.check).toBe('redirect-uri');
      expect(found?.text).toContain(`A similar URL is registered: ${registered}`);
      expect(found?.text).toContain('CallbackURLs');
      expect(checksThatAre('ok', findings)).toContain('login-pages');
    },
  );

  test('and no similar one is: the report does not guess', async () => {
    const findings = await find({ redirectUris: ['https://other.example.org/login'] });
    const [found] = wrongs(findings);
    expect(found?.text).toContain('No URL that differs only in');
    expect(found?.text).not.toContain('other.example.org');
    expect(checksThatAre('unknown', findings)).toEqual([
      'code-grant',
      'scopes',
      'identity-providers',
      'login-pages',
    ]);
  });
});

test.each([
  ['http://localhost:3000', 'http://localhost:3000/'],
  ['https://localhost:3000/', 'http://localhost:3000/'],
])('a logout URI that is not registered, but %s is', async (registered, configured) => {
  const changes = { COGNITO_LOGOUT_URI: configured };
  const findings = await find({ logoutUris: [registered] }, changes);
  expect(checksThatAre('wrong', findings)).toEqual(['logout-uri']);
  expect(wrongs(findings)[0]?.text).toMatch(new RegExp(`is registered: ${registered}.*LogoutURLs`));
});

test('one run finds everything that is wrong', async () => {
  const findings = await find(
    {
      redirectUris: ['http://localhost:3000/login/'],
      scopes: ['openid'],
      logoutUris: [],
      branded: false,
    },
    { COGNITO_CLIENT_SECRET: 'not-the-one', COGNITO_SCOPES: undefined, SESSION_SECRET: 'short' },
  );
  expect(checksThatAre('wrong', findings).toSorted()).toEqual([
    'client-secret',
    'login-pages',
    'logout-uri',
    'redirect-uri',
    'scopes',
    'session-secret',
  ]);
});
