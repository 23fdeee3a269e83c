import type { AuthorizationRequest } from '../authorization-request';
import type { PoolState } from '../state';
import type { IdentityProvider } from './identity-provider';

/** Where an authorization request asks the user to sign in. */
export type AskedProvider =
  /** It names no provider: the pages, which offer all providers of the client. */
  | { kind: 'pages' }
  /** It names `COGNITO`: the pages too. */
  | { kind: 'native' }
  | { kind: 'external'; provider: IdentityProvider }
  /** It names a provider that the client doesn't support: /login, which then refuses. */
  | { kind: 'unavailable' };

/**
 * Reads `identity_provider` and `idp_identifier` (facts, section 2). If both are present, the
 * former wins; no source confirms this.
 *
 * @param pool the pool
 * @param request the checked request
 * @param query the query of the same request
 */
export function askedProvider(
  pool: PoolState,
  request: AuthorizationRequest,
  query: URLSearchParams,
): AskedProvider {
  const { identityProviders } = request.client;
  const name = query.get('identity_provider');
  const identifier = query.get('idp_identifier');
  if (name === null && identifier === null) return { kind: 'pages' };
  if (name === 'COGNITO') {
    return { kind: identityProviders.includes('COGNITO') ? 'native' : 'unavailable' };
  }
  const provider = pool.settings.identityProviders.find((one) =>
    name === null ? hasIdentifier(one, identifier) : one.name === name,
  );
  if (!provider || !identityProviders.includes(provider.name)) return { kind: 'unavailable' };
  return { kind: 'external', provider };
}

/**
 * Whether an active session satisfies the request. If the request names a provider, the user must
 * have signed in there: a session from Google doesn't satisfy `identity_provider=COGNITO` (recorded
 * from a real pool in aws-amplify/amplify-js#14897). We assume the same for the reverse.
 *
 * @param asked where the request asks the user to sign in
 * @param begunAt the name of the session's provider, or `COGNITO`
 */
export function resumesSession(asked: AskedProvider, begunAt: string): boolean {
  if (asked.kind === 'pages') return true;
  if (asked.kind === 'native') return begunAt === 'COGNITO';
  return asked.kind === 'external' && asked.provider.name === begunAt;
}

function hasIdentifier(provider: IdentityProvider, identifier: string | null): boolean {
  return identifier !== null && (provider.identifiers ?? []).includes(identifier);
}
