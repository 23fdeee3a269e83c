import type { AuthorizationRequest } from '../authorization-request';
import type { PoolState } from '../state';

/** An external identity provider of the pool, with its pretended people. */
export interface IdentityProvider {
  /** As `identity_provider` and SupportedIdentityProviders spell it; also the user names' prefix. */
  name: string;
  /** The `providerType` of the claim `identities`. */
  type: 'Google' | 'Facebook' | 'LoginWithAmazon' | 'SignInWithApple' | 'OIDC' | 'SAML';
  /** What `idp_identifier` may say instead of the name; SAML and OIDC only. */
  identifiers?: readonly string[] | undefined;
  /** AttributeMapping: the pool's attribute, and the provider's claim that fills it. */
  attributeMapping: Readonly<Record<string, string>>;
  people: readonly ProviderPerson[];
}

/** Somebody as the provider knows them. */
export interface ProviderPerson {
  /** `sub`, or the NameID of SAML. */
  id: string;
  /** Claims or SAML attributes, by the provider's own names. */
  claims: Readonly<Record<string, string | boolean | readonly string[]>>;
}

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
