import { seedIdentityProviders } from './federation/seed-providers';
import { DEFAULT_PASSWORD_POLICY } from './password-policy';
import { DEFAULT_POOL_ID, DEFAULT_POOL_PORT, type LocalPoolSettings } from './settings';

/**
 * Fills in defaults. The default is no users and no app clients.
 *
 * @param given any part of the settings
 * @returns all settings
 */
export function completeSettings(given: Partial<LocalPoolSettings>): LocalPoolSettings {
  const domain = given.domain ?? `http://127.0.0.1:${DEFAULT_POOL_PORT}`;
  const userPoolId = given.userPoolId ?? DEFAULT_POOL_ID;
  return {
    domain,
    issuer: given.issuer ?? `${domain}/${userPoolId}`,
    region: given.region ?? 'us-east-1',
    userPoolId,
    clients: given.clients ?? [],
    users: given.users ?? [],
    now: given.now ?? (() => Math.floor(Date.now() / 1000)),
    keys: given.keys,
    hostedUi: given.hostedUi ?? 'managed',
    mfa: given.mfa ?? 'OPTIONAL',
    passkeys: given.passkeys ?? false,
    passwordPolicy: given.passwordPolicy ?? DEFAULT_PASSWORD_POLICY,
    // As in `infra/user-pool.yaml`.
    autoVerified: given.autoVerified ?? ['email'],
    verifyBeforeUpdate: given.verifyBeforeUpdate ?? ['email'],
    requiredAttributes: given.requiredAttributes ?? ['email'],
    immutableAttributes: given.immutableAttributes ?? [],
    customAttributes: given.customAttributes,
    selfSignUp: given.selfSignUp ?? true,
    onMessage: given.onMessage,
    identityProviders: given.identityProviders ?? seedIdentityProviders(),
    groups: given.groups ?? [],
    preTokenGeneration: given.preTokenGeneration,
  };
}
