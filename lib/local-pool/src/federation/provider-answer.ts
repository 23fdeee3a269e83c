import { randomBytes } from 'node:crypto';
import type { PoolState } from '../state';
import type { ProviderAnswer } from './federation-state';
import type { IdentityProvider } from './identity-provider';

/**
 * Where a provider's page is: on the pool's origin, under a path that Cognito has not.
 *
 * @param provider the provider
 */
export function idpPagePath(provider: IdentityProvider): string {
  return `/pretended-idp/${encodeURIComponent(provider.name)}`;
}

/**
 * A one-time reference to an answer. It stands for an OpenID provider's code and the claims behind
 * it, and for a SAML provider's signed assertion; nobody can write one, as nobody can sign.
 *
 * @param pool the pool
 * @param answer what the provider says
 */
export function sealAnswer(pool: PoolState, answer: ProviderAnswer): string {
  const reference = randomBytes(32).toString('base64url');
  pool.federation.answers.set(reference, answer);
  return reference;
}

/**
 * Takes an answer out: it is good once, and for its own provider.
 *
 * @param pool the pool
 * @param provider which provider it must be from
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
 * Puts another answer under a reference that is still good.
 *
 * @param pool the pool
 * @param reference from `sealAnswer`; any other changes nothing
 * @param answer what the provider says now
 */
export function changeAnswer(pool: PoolState, reference: string, answer: ProviderAnswer): void {
  const { answers } = pool.federation;
  if (answers.get(reference)?.provider === answer.provider) answers.set(reference, answer);
}
