import type { AuthorizationRequest } from '../authorization-request';
import type { PoolState } from '../state';
import type { IdentityProvider } from './identity-provider';

/** Where an authorization request wants its user to sign in. */
export type AskedProvider =
  /** It names none: the pages, which offer all that the client has. */
  | { kind: 'pages' }
  /** It names `COGNITO`: the pages, too. */
  | { kind: 'native' }
  | { kind: 'external'; provider: IdentityProvider }
  /** It names one that the client hasn't: /login, which then refuses. */
  | { kind: 'unavailable' };

/**
 * Reads `identity_provider` and `idp_identifier` (facts, section 2). With both, the former counts;
 * no source says so.
 *
 * @param pool the pool
 * @param request the checked request
 * @param query of the same request
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
 * Whether a live session answers the request. A named provider resumes only a session that began
 * there: a session from Google is no answer to `identity_provider=COGNITO` (recorded live, in
 * aws-amplify/amplify-js#14897); that Google is none to another's session follows from it.
 *
 * @param asked where the request wants its user to sign in
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
