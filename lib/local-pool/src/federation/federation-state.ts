import type { IdentityProvider, ProviderPerson } from './identity-provider';

/** What a pretended provider says of a browser: who it is, or that the person went no further. */
export type ProviderAnswer =
  | { kind: 'person'; provider: string; person: ProviderPerson }
  | { kind: 'cancelled'; provider: string };

/** A browser that is away at an identity provider, by the `state` (or RelayState) it went with. */
export interface RoundTrip {
  readonly provider: IdentityProvider;
  /** Of the authorization request that began it; it is checked again at the end. */
  readonly query: URLSearchParams;
  readonly redirectUri: string;
  /** The value of the browser's `csrf-state` cookie. */
  readonly csrf: string;
  readonly expiresAt: number;
}

/** An error that Cognito reports at the callback in place of a code (facts, section 2). */
export interface FederationFailure {
  error: 'invalid_request' | 'server_error';
  /** e.g. `attributes required: [email]`, `Timeout occurred in calling IdP token endpoint`. */
  description: string;
}

/** What the pool remembers of federation. */
export interface FederationState {
  readonly trips: Map<string, RoundTrip>;
  readonly answers: Map<string, ProviderAnswer>;
  /** By provider name, for as long as a test wants it. */
  readonly failures: Map<string, FederationFailure>;
}

/** Nobody away, nothing broken. */
export function createFederationState(): FederationState {
  return { trips: new Map(), answers: new Map(), failures: new Map() };
}
