import type { KeyObject } from 'node:crypto';

/** A registered passkey. */
export interface Passkey {
  /** Base64url, as in the browser's `credential.id`. */
  readonly id: string;
  /** Cognito chooses it, and no operation changes it. */
  readonly name: string;
  readonly relyingPartyId: string;
  /** `platform` or `cross-platform`, if the browser said it. */
  readonly attachment: string | undefined;
  readonly transports: readonly string[];
  /** Epoch seconds. */
  readonly createdAt: number;
  readonly publicKey: KeyObject;
  /** Of the last use; 0 for authenticators that don't count. */
  signCount: number;
}

/** An unfinished ceremony, by its challenge. */
export interface PasskeyChallenge {
  readonly purpose: 'create' | 'get';
  readonly username: string;
  /** A registration must end with a token of the client that started it. */
  readonly clientId: string;
  /** Epoch seconds. */
  readonly expiresAt: number;
}

/** A visit to one of the pages that use a passkey, by the ticket in its URL. */
export interface PasskeyVisit {
  /** A ticket for a sign-in must not add a passkey. */
  readonly purpose: 'create' | 'get';
  readonly username: string;
  readonly clientId: string;
  readonly redirectUri: string;
  /** For a sign-in, the query of the sign-in page. */
  readonly query: string;
  /** Epoch seconds. */
  readonly expiresAt: number;
  /** Whether the passkey was right: the sign-in may go on. */
  passed: boolean;
}
