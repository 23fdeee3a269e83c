import { randomBytes } from 'node:crypto';
import type { PoolState } from '../state';
import type { ProviderAnswer } from './federation-state';
import type { IdentityProvider } from './identity-provider';

/**
 * The path of a provider's page, on the pool's origin. Cognito has no such path.
 *
 * @param provider the provider
 */
export function idpPagePath(provider: IdentityProvider): string {
  return `/simulated-idp/${encodeURIComponent(provider.name)}`;
}

/**
 * Stores a response under a random one-time reference. The reference serves as the OpenID
 * provider's code or the SAML provider's signed assertion, because an attacker can forge neither.
 *
 * @param pool the pool
 * @param answer the provider's response
 */
export function sealAnswer(pool: PoolState, answer: ProviderAnswer): string {
  const reference = randomBytes(32).toString('base64url');
  pool.federation.answers.set(reference, answer);
  return reference;
}

/**
 * Reads a response and deletes it. It works only once, and only for its own provider.
 *
 * @param pool the pool
 * @param provider the provider that it must be from
 * @param reference the `code`, or the SAMLResponse
 */
export function openAnswer(
  pool: PoolState,
  provider: IdentityProvider,
  reference: string,
): ProviderAnswer | null {
  const answer = pool.federation.answers.get(reference);
  pool.federation.answers.delete(reference);
  return answer?.provider === provider.name ? answer : null;
}

/**
 * Replaces the response under a reference that is still valid.
 *
 * @param pool the pool
 * @param reference from `sealAnswer`; any other value does nothing
 * @param answer the provider's new response
 */
export function changeAnswer(pool: PoolState, reference: string, answer: ProviderAnswer): void {
  const { answers } = pool.federation;
  if (answers.get(reference)?.provider === answer.provider) answers.set(reference, answer);
}
