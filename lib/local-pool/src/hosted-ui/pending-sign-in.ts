import type { TextKey } from './translations';

/** The next step of a sign-in. The user's password was right, unless a comment says otherwise. */
export type Step =
  /** Start again. Only shows a message. */
  | { kind: 'login' }
  | { kind: 'confirm'; username: string }
  /** The username as typed, which may not exist. */
  | { kind: 'reset'; username: string }
  | { kind: 'new-password'; username: string }
  /** No password yet. The ticket is that of the page that asks for the passkey. */
  | { kind: 'passkey'; username: string; ticket: string }
  | { kind: 'mfa'; username: string }
  | { kind: 'mfa-setup'; username: string; secret: string };

/**
 * An unfinished sign-in. It is stored here and not in the query: the browser only has a random
 * cookie, which doesn't sign anyone in.
 */
export interface PendingSignIn {
  step: Step;
  /** Epoch seconds. */
  expiresAt: number;
  problem?: string | undefined;
  notice?: TextKey | undefined;
}
