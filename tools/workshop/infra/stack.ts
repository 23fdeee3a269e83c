import { readFileSync } from 'node:fs';
import { appClient } from '@/lib/local-pool/src/app-client';
import type { LocalPoolSettings, Verifiable } from '@/lib/local-pool/src/settings';
import { deploy, fields, parseTemplate, type Stack, texts } from '../support/cloudformation';

export const TEMPLATE = 'infra/user-pool.yaml';

/** Parameters that turn on every optional part of the template. */
export const EVERYTHING = {
  ProductionOrigin: 'https://example.com',
  PreviewOrigin: 'https://preview.example.com',
  DomainPrefix: 'my-app',
  CustomDomainName: 'auth.example.com',
  CustomDomainCertificateArn:
    'arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d-0000-1111-2222-333344445555',
  GoogleClientId: '1234-abcd.apps.googleusercontent.com',
  GoogleSecretName: 'google/oauth',
  SelfSignUp: 'open',
  Passkeys: 'true',
  PasskeyRelyingPartyId: 'auth.example.com',
};

/** The client secret that Cognito would generate. */
export const CLIENT_SECRET = '1s2e3c4r5e6t7o8f9t0h1e2a3p4p5c6l7i8e9n0t1a2b3c4d5e6';

/** The project's template with these parameters. */
export function stackOf(parameters: Record<string, string> = {}, region?: string): Stack {
  return deploy(parseTemplate(readFileSync(TEMPLATE, 'utf8')), parameters, region);
}

/** The properties of a resource, which must exist. */
export function propertiesOf(stack: Stack, id: string) {
  const resource = stack.resources[id];
  if (!resource) throw new Error(`The stack has no ${id}`);
  return resource.properties;
}

/** The factors with which a user can start a sign-in. */
export function factorsOf(stack: Stack): string[] {
  const { SignInPolicy } = fields(propertiesOf(stack, 'UserPool').Policies);
  return texts(fields(SignInPolicy).AllowedFirstAuthFactors);
}

const SECONDS = new Map([
  ['seconds', 1],
  ['minutes', 60],
  ['hours', 3600],
  ['days', 86_400],
]);

function mfaOf(value: unknown): LocalPoolSettings['mfa'] {
  if (value === 'ON' || value === 'OPTIONAL') return value;
  return 'OFF';
}

function isVerifiable(attribute: string): attribute is Verifiable {
  return attribute === 'email' || attribute === 'phone_number';
}

/** Settings of the local pool that match the stack's resources, with Cognito's defaults for the rest. */
export function poolSettings(stack: Stack): Partial<LocalPoolSettings> {
  const pool = propertiesOf(stack, 'UserPool');
  const client = propertiesOf(stack, 'Client');
  const units = fields(client.TokenValidityUnits ?? {});
  const life = (token: string, unit: string) =>
    Number(client[`${token}Validity`]) * (SECONDS.get(String(units[token] ?? unit)) ?? Number.NaN);
  const flows = texts(client.AllowedOAuthFlows);
  const rotation = fields(client.RefreshTokenRotation ?? { Feature: 'DISABLED' });
  const domain = propertiesOf(stack, 'Domain');
  const isSecret = String(client.GenerateSecret) === 'true';
  return {
    region: stack.outputs.CognitoRegion ?? '',
    userPoolId: stack.outputs.CognitoUserPoolId ?? '',
    hostedUi: domain.ManagedLoginVersion === 2 ? 'managed' : 'classic',
    mfa: mfaOf(pool.MfaConfiguration),
    autoVerified: texts(pool.AutoVerifiedAttributes).filter(isVerifiable),
    verifyBeforeUpdate: texts(
      fields(pool.UserAttributeUpdateSettings).AttributesRequireVerificationBeforeUpdate,
    ).filter(isVerifiable),
    selfSignUp: fields(pool.AdminCreateUserConfig).AllowAdminCreateUserOnly === false,
    groups: [{ name: String(propertiesOf(stack, 'AdminGroup').GroupName) }],
    clients: [
      appClient({
        clientId: stack.outputs.CognitoClientId ?? '',
        clientSecret: isSecret ? CLIENT_SECRET : undefined,
        redirectUris: texts(client.CallbackURLs),
        logoutUris: texts(client.LogoutURLs),
        scopes: texts(client.AllowedOAuthScopes),
        accessTokenSeconds: life('AccessToken', 'hours'),
        idTokenSeconds: life('IdToken', 'hours'),
        refreshTokenSeconds: life('RefreshToken', 'days'),
        rotation:
          rotation.Feature === 'ENABLED'
            ? { graceSeconds: Number(rotation.RetryGracePeriodSeconds ?? 0) }
            : undefined,
        tokenRevocation: client.EnableTokenRevocation === true,
        codeFlow: client.AllowedOAuthFlowsUserPoolClient === true && flows.includes('code'),
        implicitFlow: flows.includes('implicit'),
        clientCredentialsFlow: flows.includes('client_credentials'),
        readAttributes: texts(client.ReadAttributes),
        writeAttributes: texts(client.WriteAttributes),
        identityProviders: texts(client.SupportedIdentityProviders),
        branded: stack.resources.Branding !== undefined,
        preventUserExistenceErrors:
          client.PreventUserExistenceErrors === 'ENABLED' ? 'ENABLED' : 'LEGACY',
      }),
    ],
  };
}
