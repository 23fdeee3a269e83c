import type { TextKey } from './translations';

/** What a browser has to do next. `username` is one that proved the password, unless said. */
export type Step =
  /** Begin again; there is only something to tell. */
  | { kind: 'login' }
  | { kind: 'confirm'; username: string }
  /** The name as typed, which may be nobody's. */
  | { kind: 'reset'; username: string }
  | { kind: 'new-password'; username: string }
  | { kind: 'mfa'; username: string }
  | { kind: 'mfa-setup'; username: string; secret: string };

/**
 * A sign-in that is not done yet. It is kept here and not in the query: the browser has nothing but
 * an unguessable cookie, and nobody is signed in by it.
 */
export interface PendingSignIn {
  step: Step;
  /** Epoch seconds. */
  expiresAt: number;
  problem?: string | undefined;
  notice?: TextKey | undefined;
}
