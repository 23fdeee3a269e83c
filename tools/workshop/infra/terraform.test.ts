/** Compares infra/terraform.md with infra/user-pool.yaml: both must have the same properties and values. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { OUTPUTS } from '@/tools/setup/pool-env/stack';
import { type Fields, fields, texts } from '../support/cloudformation';
import { EVERYTHING, factorsOf, propertiesOf, stackOf } from './stack';

const HCL = /```hcl\n(.*?)```/s.exec(readFileSync('infra/terraform.md', 'utf8'))?.[1] ?? '';

/** One block, with its white space collapsed. */
function block(head: string): string {
  const [, body] = new RegExp(`^${head} \\{\n(.*?)^\\}`, 'ms').exec(HCL) ?? [];
  if (body === undefined) throw new Error(`No block ${head}`);
  return body
    .replace(/[ \n]+/g, ' ')
    .replace(/, \]/g, ']')
    .replaceAll('[ ', '[');
}

/** Terraform's name of a property: `AllowedOAuthScopes` is `allowed_oauth_scopes`. */
function nameOf(property: string): string {
  const words = property.replace('OAuth', 'Oauth').replace('URLs', 'Urls');
  return words.replace(/\B[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
}

/** Properties as lines of a block. */
function linesOf(properties: Fields): string[] {
  return Object.entries(properties).map(([name, value]) => `${nameOf(name)} = ${literal(value)}`);
}

/** A value in HCL. */
function literal(value: unknown): string {
  if (!Array.isArray(value)) return JSON.stringify(value);
  return `[${texts(value)
    .map((one) => JSON.stringify(one))
    .join(', ')}]`;
}

/** The properties of the user pool that the tests compare. */
const COMPARED = new Set([
  'AccountRecoverySetting',
  'AdminCreateUserConfig',
  'AutoVerifiedAttributes',
  'DeletionProtection',
  'EnabledMfas',
  'MfaConfiguration',
  'Policies',
  'Schema',
  'UserAttributeUpdateSettings',
  'UserPoolTier',
  'UsernameAttributes',
  'UsernameConfiguration',
]);

describe('Terraform sets the same as CloudFormation', () => {
  const stack = stackOf(EVERYTHING);

  test('of the app client', () => {
    const here = block('resource "aws_cognito_user_pool_client" "site"');
    const {
      UserPoolId,
      ClientName,
      GenerateSecret,
      CallbackURLs,
      LogoutURLs,
      SupportedIdentityProviders,
      TokenValidityUnits,
      RefreshTokenRotation,
      ExplicitAuthFlows,
      ...plain
    } = propertiesOf(stack, 'Client');
    for (const line of linesOf(plain)) expect(here).toContain(line);
    const units = linesOf(fields(TokenValidityUnits)).join(' ');
    expect(here).toContain(`token_validity_units { ${units} }`);
    const rotation = linesOf(fields(RefreshTokenRotation)).join(' ');
    expect(here).toContain(`refresh_token_rotation { ${rotation} }`);

    const flows = propertiesOf(stackOf(), 'Client').ExplicitAuthFlows;
    expect(here).toContain(
      `explicit_auth_flows = var.passkeys ? ${literal(ExplicitAuthFlows)} : ${literal(flows)}`,
    );

    // The other properties come from variables.
    expect([UserPoolId, ClientName]).toEqual([stack.outputs.CognitoUserPoolId, 'site']);
    expect(here).toContain('generate_secret = var.client_secret');
    expect(GenerateSecret).toBe('true');
    expect(here).toContain(
      `callback_urls = [for origin in values(var.origins) : "\${origin}/login"]`,
    );
    expect(CallbackURLs).toContain(`${EVERYTHING.ProductionOrigin}/login`);
    expect(here).toContain(`logout_urls = [for origin in values(var.origins) : "\${origin}/"]`);
    expect(LogoutURLs).toContain(`${EVERYTHING.ProductionOrigin}/`);
    expect(here).toContain(
      'concat(["COGNITO"], aws_cognito_identity_provider.google[*].provider_name)',
    );
    expect(SupportedIdentityProviders).toEqual(['COGNITO', 'Google']);
  });

  test('of the user pool', () => {
    const here = block('resource "aws_cognito_user_pool" "site"');
    const pool = propertiesOf(stackOf(), 'UserPool');
    const { DeletionProtection, UserPoolTier, UsernameAttributes, AutoVerifiedAttributes } = pool;
    // A new property must also be compared here, or in the next test.
    expect(Object.keys(pool).filter((name) => !COMPARED.has(name))).toEqual([]);
    const plain = { DeletionProtection, UserPoolTier, UsernameAttributes, AutoVerifiedAttributes };
    for (const line of linesOf(plain)) expect(here).toContain(line);
    for (const name of ['UsernameConfiguration', 'UserAttributeUpdateSettings']) {
      expect(here).toContain(`${nameOf(name)} { ${linesOf(fields(pool[name])).join(' ')} }`);
    }
    const policy = linesOf(fields(fields(pool.Policies).PasswordPolicy)).join(' ');
    expect(here).toContain(`password_policy { ${policy} }`);
    for (const list of [pool.Schema, fields(pool.AccountRecoverySetting).RecoveryMechanisms]) {
      const [first] = Array.isArray(list) ? list : [];
      for (const line of linesOf(fields(first))) expect(here).toContain(line);
    }
    expect(here).toContain('allow_admin_create_user_only = !var.self_sign_up');
    expect(here).toContain('prevent_destroy = true');
    expect(block('variable "self_sign_up"')).toContain('default = false');
  });

  test('of the second factor and passkeys', () => {
    const here = block('resource "aws_cognito_user_pool" "site"');
    const off = stackOf({ Mfa: 'OFF' });
    const on = propertiesOf(stack, 'UserPool');
    expect(here).toContain('mfa_configuration = var.mfa');
    expect(block('variable "mfa"')).toContain(
      `default = ${literal(propertiesOf(stackOf(), 'UserPool').MfaConfiguration)}`,
    );
    expect(propertiesOf(off, 'UserPool')).not.toHaveProperty('EnabledMfas');
    expect(here).toContain(
      'dynamic "software_token_mfa_configuration" { for_each = var.mfa == "OFF" ? [] : [true] content { enabled = true } }',
    );

    expect(block('variable "passkeys"')).toContain('default = false');
    expect(here).toContain(
      `allowed_first_auth_factors = var.passkeys ? ${literal(factorsOf(stack))} : ${literal(factorsOf(off))}`,
    );
    expect(here).toContain(
      `dynamic "web_authn_configuration" { for_each = var.passkeys ? [true] : [] content { relying_party_id = var.passkey_relying_party_id user_verification = ${literal(on.WebAuthnUserVerification)} } }`,
    );
    // The rules of the template.
    for (const rule of ['!(var.passkeys && var.mfa == "ON")', 'var.passkeys || ']) {
      expect(here).toContain(`precondition { condition = ${rule}`);
    }
  });

  test('of the group, the hosted UI and Google', () => {
    const { GroupName, Description } = propertiesOf(stack, 'AdminGroup');
    const group = block('resource "aws_cognito_user_group" "admin"');
    for (const line of linesOf({ Name: GroupName, Description })) expect(group).toContain(line);
    const style = block('resource "aws_cognito_managed_login_branding" "site"');
    expect(style).toContain('use_cognito_provided_values = true');
    for (const name of ['prefix', 'custom']) {
      const domain = block(`resource "aws_cognito_user_pool_domain" "${name}"`);
      expect(domain).toContain('managed_login_version = 2');
    }
    const google = block('resource "aws_cognito_identity_provider" "google"');
    const mapping = linesOf(fields(propertiesOf(stack, 'Google').AttributeMapping)).join(' ');
    expect(google).toContain(`attribute_mapping = { ${mapping} }`);
    expect(google).toContain('authorize_scopes = "openid email profile"');
  });

  test('and outputs the same environment, with the secret only in sensitive outputs', () => {
    for (const name of [...Object.values(OUTPUTS), 'COGNITO_REDIRECT_URI']) {
      expect(block('locals')).toContain(`${name} = `);
    }
    expect(HCL).toContain(
      'COGNITO_CLIENT_SECRET = aws_cognito_user_pool_client.site.client_secret',
    );
    for (const site of ['local', 'production', 'preview']) {
      expect(block(`output "${site}"`)).toContain('sensitive = true');
    }
  });
});

const terraform = spawnSync('terraform', ['version'], { encoding: 'utf8' });
test.skipIf(terraform.status !== 0)(
  'the code is formatted as by terraform fmt (skipped if it is not installed)',
  () => {
    const { status, stdout } = spawnSync('terraform', ['fmt', '-check', '-diff', '-'], {
      input: HCL,
      encoding: 'utf8',
    });
    expect(stdout).toBe('');
    expect(status).toBe(0);
  },
  20_000,
);
