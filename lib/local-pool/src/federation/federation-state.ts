import type { IdentityProvider, ProviderPerson } from './identity-provider';

/** The response of a simulated provider: who the user is, or that they cancelled. */
export type ProviderAnswer =
  | { kind: 'person'; provider: string; person: ProviderPerson }
  | { kind: 'cancelled'; provider: string };

/** A sign-in that has been sent to an identity provider and isn't back yet. */
export interface RoundTrip {
  readonly provider: IdentityProvider;
  /** The query of the authorization request. It is checked again when the browser comes back. */
  readonly query: URLSearchParams;
  readonly redirectUri: string;
  /** The value of the browser's `csrf-state` cookie. */
  readonly csrf: string;
  readonly expiresAt: number;
}

/** An error that Cognito sends to the callback URL instead of a code (facts, section 2). */
export interface FederationFailure {
  error: 'invalid_request' | 'server_error';
  /** e.g. `attributes required: [email]`, `Timeout occurred in calling IdP token endpoint`. */
  description: string;
}

/** The pool's state about federation. */
export interface FederationState {
  /** By the `state` or RelayState sent to the provider. */
  readonly trips: Map<string, RoundTrip>;
  /** By a one-time reference: see `sealAnswer`. */
  readonly answers: Map<string, ProviderAnswer>;
  /** By provider name, until a test clears it. */
  readonly failures: Map<string, FederationFailure>;
}

/** Starts empty. */
export function createFederationState(): FederationState {
  return { trips: new Map(), answers: new Map(), failures: new Map() };
}
