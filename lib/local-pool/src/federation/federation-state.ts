import type { ProviderAnswer } from './pretended-answer';
import type { RoundTrip } from './round-trip';

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
