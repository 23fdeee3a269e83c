/** The resources and outputs of infra/user-pool.yaml, and what each of its parameters changes. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { PROFILE_FIELDS } from '@/lib/account/fields';
import { ADVICE } from '@/lib/cognito/config/advice';
import { parseConfig } from '@/lib/cognito/config/parse-config';
import { OUTPUTS, REDIRECT_URIS } from '@/tools/setup/pool-env/stack';
import { fields, parseTemplate, texts } from '../support/cloudformation';
import { CLIENT_SECRET, EVERYTHING, factorsOf, propertiesOf, stackOf, TEMPLATE } from './stack';

const SECRET = 'tests-only:Zk3vQ9wL7Tx2Bn8Yd5Hm4Jc6Pf1Gs0';

/** The environment that `npm run pool:env` makes from a stack, for one of its sites. */
function environmentOf(
  outputs: Readonly<Record<string, string>>,
  site: keyof typeof REDIRECT_URIS,
) {
  const shared = Object.entries(OUTPUTS).map(([key, name]) => [name, outputs[key]]);
  const redirectUri = outputs[REDIRECT_URIS[site]];
  return { ...Object.fromEntries(shared), COGNITO_REDIRECT_URI: redirectUri };
}

describe('the outputs', () => {
  test.each([
    ['local', 'http://localhost:3000'],
    ['production', 'https://example.com'],
    ['preview', 'https://preview.example.com'],
  ] as const)('are the environment of the %s site', (site, origin) => {
    const { outputs } = stackOf(EVERYTHING, 'eu-central-1');
    const parsed = parseConfig({
      ...environmentOf(outputs, site),
      COGNITO_CLIENT_SECRET: CLIENT_SECRET,
      SESSION_SECRET: SECRET,
    });
    expect(parsed).toMatchObject({
      ok: true,
      config: {
        region: 'eu-central-1',
        userPoolId: 'eu-central-1_AbCdEfGhI',
        domain: 'https://auth.example.com',
        origin,
        secure: origin.startsWith('https:'),
      },
    });
  });

  test('are variables that the site knows, and all required ones except SESSION_SECRET', () => {
    const known = new Map<string, string>(Object.entries(OUTPUTS));
    for (const key of Object.values(REDIRECT_URIS)) known.set(key, 'COGNITO_REDIRECT_URI');
    const { outputs } = stackOf(EVERYTHING);
    expect(Object.keys(outputs).sort()).toEqual([...known.keys()].sort());
    for (const name of known.values()) expect(Object.keys(ADVICE)).toContain(name);
    const parsed = parseConfig(environmentOf(outputs, 'local'));
    const missing = parsed.ok ? [] : parsed.problems.map(({ variable }) => variable);
    expect(missing).toEqual(['SESSION_SECRET']);
  });

  test('contain no secret', () => {
    for (const key of Object.keys(stackOf(EVERYTHING).outputs)) expect(key).not.toMatch(/secret/i);
  });
});

describe('the app client allows what the site does by default', () => {
  const stack = stackOf(EVERYTHING);
  const client = propertiesOf(stack, 'Client');
  const env = { ...environmentOf(stack.outputs, 'production'), SESSION_SECRET: SECRET };
  const parsed = parseConfig(env);
  if (!parsed.ok) throw new Error('The outputs of the stack are not a valid configuration.');

  test('its scopes, its redirect URI and its sign-out URL', () => {
    expect(texts(client.AllowedOAuthScopes).join(' ')).toBe(parsed.config.scopes);
    expect(client.CallbackURLs).toContain(parsed.config.redirectUri);
    expect(client.LogoutURLs).toContain(parsed.config.logoutUri);
  });

  test('the session lifetime', () => {
    expect(fields(client.TokenValidityUnits).RefreshToken).toBe('days');
    expect(Number(client.RefreshTokenValidity) * 86_400).toBe(parsed.config.sessionLifetime);
  });
});

describe('users may change of themselves', () => {
  const written = texts(propertiesOf(stackOf(EVERYTHING), 'Client').WriteAttributes);

  test('exactly what the account pages let them edit', () => {
    const editable = PROFILE_FIELDS.map(({ attribute }) => attribute);
    expect(
      written,
      'WriteAttributes in infra/user-pool.yaml and write_attributes in infra/terraform.md must have the fields of lib/account/fields.ts',
    ).toEqual([...editable, 'email', 'phone_number'].toSorted());
  });

  test('nothing that says who they are or whether an address is theirs', () => {
    for (const name of ['sub', 'identities', 'email_verified', 'phone_number_verified']) {
      expect(written).not.toContain(name);
    }
  });

  test('everything that Google sets, or Cognito would refuse their sign-in with Google', () => {
    const mapping = fields(propertiesOf(stackOf(EVERYTHING), 'Google').AttributeMapping);
    // Cognito sets these two itself, and accepts neither in WriteAttributes.
    const { username, email_verified, ...mapped } = mapping;
    expect([username, email_verified]).toEqual(['sub', 'email_verified']);
    for (const name of Object.keys(mapped)) expect(written).toContain(name);
  });

  test('only what they may read', () => {
    const read = texts(propertiesOf(stackOf(), 'Client').ReadAttributes);
    for (const name of written) expect(read).toContain(name);
  });
});

describe('properties with bad defaults are set', () => {
  const stack = stackOf();

  test('of the user pool', () => {
    expect(propertiesOf(stack, 'UserPool')).toMatchObject({
      DeletionProtection: 'ACTIVE',
      UserPoolTier: 'ESSENTIALS',
      UsernameAttributes: ['email'],
      UsernameConfiguration: { CaseSensitive: false },
      AutoVerifiedAttributes: ['email'],
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
    });
    const kept = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };
    expect(stack.resources.UserPool?.attributes).toEqual(kept);
  });

  test('of the app client', () => {
    const client = propertiesOf(stack, 'Client');
    expect(client).toMatchObject({
      GenerateSecret: 'true',
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ['code'],
      SupportedIdentityProviders: ['COGNITO'],
      PreventUserExistenceErrors: 'ENABLED',
      EnableTokenRevocation: true,
      RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 60 },
      TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes', RefreshToken: 'days' },
      AccessTokenValidity: 60,
      IdTokenValidity: 60,
      RefreshTokenValidity: 30,
    });
    // An empty list would mean the default, which includes a flow that rotation doesn't allow.
    expect(texts(client.ExplicitAuthFlows).length).toBeGreaterThan(0);
    expect(client.ExplicitAuthFlows).not.toContain('ALLOW_REFRESH_TOKEN_AUTH');
    for (const name of ['email', 'email_verified', 'phone_number', 'phone_number_verified']) {
      expect(client.ReadAttributes).toContain(name);
    }
  });

  test('of the hosted UI: managed login, with a style for the app client that is created before the domain', () => {
    expect(propertiesOf(stack, 'Domain').ManagedLoginVersion).toBe(2);
    const style = { ClientId: stack.outputs.CognitoClientId, UseCognitoProvidedValues: true };
    expect(propertiesOf(stack, 'Branding')).toMatchObject(style);
    expect(stack.resources.Domain?.attributes.DependsOn).toBe('Branding');
  });
});

describe('a parameter', () => {
  test('that is left out leaves its part out', () => {
    const stack = stackOf();
    expect(Object.keys(stack.resources).sort()).toEqual(
      ['UserPool', 'AdminGroup', 'Client', 'Branding', 'Domain'].sort(),
    );
    expect(propertiesOf(stack, 'Client')).toMatchObject({
      CallbackURLs: ['http://localhost:3000/login'],
      LogoutURLs: ['http://localhost:3000/'],
    });
    // The generated prefix is unique, and has none of the words that Cognito rejects.
    expect(stack.outputs.CognitoDomain).toMatch(/^site-[0-9a-f]{8}$/);
    expect(propertiesOf(stack, 'Domain').Domain).toBe(stack.outputs.CognitoDomain);
  });

  test('adds production and a preview alias, and removes the local site', () => {
    const { ProductionOrigin, PreviewOrigin } = EVERYTHING;
    const stack = stackOf({ ProductionOrigin, PreviewOrigin, LocalOrigin: '' });
    expect(propertiesOf(stack, 'Client')).toMatchObject({
      CallbackURLs: ['https://example.com/login', 'https://preview.example.com/login'],
      LogoutURLs: ['https://example.com/', 'https://preview.example.com/'],
    });
    expect(stack.outputs).not.toHaveProperty('CognitoRedirectUriLocal');
  });

  test('adds Google, whose secret stays in Secrets Manager', () => {
    const stack = stackOf(EVERYTHING);
    expect(propertiesOf(stack, 'Client').SupportedIdentityProviders).toEqual(['COGNITO', 'Google']);
    expect(propertiesOf(stack, 'Google').ProviderDetails).toEqual({
      client_id: EVERYTHING.GoogleClientId,
      client_secret: '{{resolve:secretsmanager:google/oauth:SecretString:client_secret}}',
      authorize_scopes: 'openid email profile',
    });
  });

  test('adds a custom domain to the prefix, and the environment uses it', () => {
    const stack = stackOf(EVERYTHING);
    expect(stack.outputs.CognitoDomain).toBe('auth.example.com');
    expect(propertiesOf(stack, 'Domain').Domain).toBe('my-app');
    expect(propertiesOf(stack, 'CustomDomain')).toMatchObject({
      Domain: 'auth.example.com',
      CustomDomainConfig: { CertificateArn: EVERYTHING.CustomDomainCertificateArn },
      ManagedLoginVersion: 2,
    });
  });

  test.each([
    [{}, 'OPTIONAL', ['SOFTWARE_TOKEN_MFA']],
    [{ Mfa: 'ON' }, 'ON', ['SOFTWARE_TOKEN_MFA']],
    // Cognito rejects a factor that is on while MFA is off.
    [{ Mfa: 'OFF' }, 'OFF', undefined],
  ])('%j sets MFA to %s', (parameters, MfaConfiguration, EnabledMfas) => {
    const pool = propertiesOf(stackOf(parameters), 'UserPool');
    expect(pool.MfaConfiguration).toBe(MfaConfiguration);
    expect(pool.EnabledMfas).toEqual(EnabledMfas);
  });

  test('adds passkeys to the password, for the domain of the sign-in pages or another one', () => {
    const without = stackOf();
    expect(factorsOf(without)).toEqual(['PASSWORD']);
    expect(propertiesOf(without, 'Client').ExplicitAuthFlows).toEqual(['ALLOW_USER_SRP_AUTH']);
    expect(Object.keys(propertiesOf(without, 'UserPool')).join()).not.toContain('WebAuthn');

    const stack = stackOf({ Passkeys: 'true' });
    expect(factorsOf(stack)).toEqual(['PASSWORD', 'WEB_AUTHN']);
    expect(propertiesOf(stack, 'Client').ExplicitAuthFlows).toContain('ALLOW_USER_AUTH');
    expect(propertiesOf(stack, 'UserPool').WebAuthnUserVerification).toBe('required');
    expect(propertiesOf(stack, 'UserPool')).not.toHaveProperty('WebAuthnRelyingPartyID');

    const other = propertiesOf(stackOf(EVERYTHING), 'UserPool');
    expect(other.WebAuthnRelyingPartyID).toBe(EVERYTHING.PasskeyRelyingPartyId);
  });

  test('opens sign-up, or makes the app client public', () => {
    const stack = stackOf({ SelfSignUp: 'open', ClientSecret: 'false' });
    expect(propertiesOf(stack, 'UserPool').AdminCreateUserConfig).toEqual({
      AllowAdminCreateUserOnly: false,
    });
    expect(propertiesOf(stack, 'Client').GenerateSecret).toBe('false');
  });

  test.each<[string, Record<string, string>, RegExp]>([
    ['no origin at all', { LocalOrigin: '' }, /at least one origin/],
    ['an origin with a slash', { ProductionOrigin: 'https://example.com/' }, /ProductionOrigin/],
    ['production over http', { ProductionOrigin: 'http://example.com' }, /ProductionOrigin/],
    ['http beyond loopback', { LocalOrigin: 'http://10.0.0.1:3000' }, /LocalOrigin/],
    ['Google without its secret', { GoogleClientId: 'x' }, /needs GoogleSecretName/],
    ['passkeys with MFA for all', { Passkeys: 'true', Mfa: 'ON' }, /a single factor/],
    ['a relying party alone', { PasskeyRelyingPartyId: 'example.com' }, /needs Passkeys=true/],
    [
      'a relying party that is an origin',
      { Passkeys: 'true', PasskeyRelyingPartyId: 'https://example.com' },
      /PasskeyRelyingPartyId/,
    ],
    ['MFA by another name', { Mfa: 'REQUIRED' }, /Mfa/],
    ['a custom domain alone', { CustomDomainName: 'auth.example.com' }, /go together/],
    [
      'a certificate in another region',
      {
        CustomDomainCertificateArn: EVERYTHING.CustomDomainCertificateArn.replace(
          'us-east-1',
          'eu-west-1',
        ),
      },
      /CustomDomainCertificateArn/,
    ],
  ])('is refused before any resource is created: %s', (_, parameters, words) => {
    expect(() => stackOf(parameters)).toThrow(words);
  });
});

describe('infra/README.md', () => {
  const text = readFileSync('infra/README.md', 'utf8');
  const template = parseTemplate(readFileSync(TEMPLATE, 'utf8'));

  test('has a row for each parameter, and uses only parameters that exist', () => {
    const names = Object.keys(fields(template.Parameters));
    for (const name of names) expect(text).toMatch(new RegExp(`^\\|.*\`${name}\``, 'm'));
    const given = [...text.matchAll(/--parameter-overrides ((?: ?\w+=\S+)+)/g)].flatMap(
      ([, list = '']) => list.split(' ').map((pair) => pair.split('=')),
    );
    expect(given.length).toBeGreaterThan(0);
    expect(() => stackOf(Object.fromEntries(given))).not.toThrow();
  });

  test('says which output belongs to which variable', () => {
    for (const [key, name] of Object.entries(OUTPUTS)) {
      expect(text).toContain(`| \`${key}\` | \`${name}\` |`);
    }
    const uris = Object.values(REDIRECT_URIS).map((key) => `\`${key}\``);
    expect(text).toContain(`| ${uris.join(', ')} | \`COGNITO_REDIRECT_URI\` |`);
  });
});

test('the template uses only YAML that CloudFormation supports', () => {
  expect(() => parseTemplate('a: &x 1\nb: *x\n')).toThrow('YAML aliases');
});

const linter = spawnSync('cfn-lint', ['--version'], { encoding: 'utf8' });
test.skipIf(linter.status !== 0)(
  'cfn-lint reports nothing (skipped if it is not installed)',
  () => {
    const { stdout, stderr, status } = spawnSync('cfn-lint', [TEMPLATE], { encoding: 'utf8' });
    expect(`${stdout}${stderr}`.trim()).toBe('');
    expect(status).toBe(0);
  },
  60_000,
);
