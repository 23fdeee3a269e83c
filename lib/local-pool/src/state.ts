import { randomBytes } from 'node:crypto';
import { completeSettings } from './default-settings';
import { createFederationState, type FederationState } from './federation/federation-state';
import type { PendingSignIn } from './hosted-ui/pending-sign-in';
import { createKeyRing, type KeyRing } from './key-ring';
import { createOneTimeCodes, type OneTimeCodes } from './one-time-codes';
import { createOutbox, type Outbox } from './outbox';
import type { PasskeyChallenge, PasskeyVisit } from './passkeys/passkey';
import { createRateLimits, type RateLimits } from './rate-limits';
import type { AppClient, LocalPoolSettings } from './settings';
import { createDirectory, type Directory } from './users';

/** What an authorization code stands for. It can be redeemed once, within five minutes. */
export interface CodeRecord {
  clientId: string;
  redirectUri: string;
  username: string;
  scopes: readonly string[];
  authTime: number;
  expiresAt: number;
  nonce?: string | undefined;
  codeChallenge?: string | undefined;
  resource?: string | undefined;
}

/** A sign-in, to which its tokens belong. Its id is their `origin_jti`. */
export interface Grant {
  readonly id: string;
  readonly clientId: string;
  readonly username: string;
  readonly scopes: readonly string[];
  readonly authTime: number;
  readonly resource?: string | undefined;
  readonly refreshExpiresAt: number;
  revoked: boolean;
  /** The family: each refresh token's id, and when rotation replaced it. */
  readonly refreshTokens: Map<string, { replacedAt?: number }>;
}

/** A browser's session at the hosted UI. */
export interface HostedSession {
  readonly username: string;
  readonly authTime: number;
  readonly expiresAt: number;
  /** Where the user signed in: `COGNITO`, or the external provider's name. */
  readonly provider: string;
}

/** What the pool stores about an access token. */
export interface AccessRecord {
  readonly grantId: string;
  readonly scopes: readonly string[];
  readonly expiresAt: number;
}

/** A simulated outage. Times are epoch seconds. */
export interface Outage {
  readonly began: number;
  readonly until: number;
  readonly silent: boolean;
}

/** The state that all endpoints share. It uses Maps: a plain object would "find" `__proto__`. */
export interface PoolState {
  readonly settings: LocalPoolSettings;
  readonly clients: Map<string, AppClient>;
  readonly users: Directory;
  readonly codes: Map<string, CodeRecord>;
  readonly grants: Map<string, Grant>;
  /** By the value of the browser's `cognito` cookie. */
  readonly sessions: Map<string, HostedSession>;
  /** Unfinished sign-ins, by the value of the browser's `page-data` cookie. */
  readonly pendingSignIns: Map<string, PendingSignIn>;
  /** Unfinished ceremonies, by their challenge. */
  readonly passkeyChallenges: Map<string, PasskeyChallenge>;
  /** Visits to the pages that use a passkey, by the ticket in their URL. */
  readonly passkeyVisits: Map<string, PasskeyVisit>;
  readonly oneTimeCodes: OneTimeCodes;
  readonly outbox: Outbox;
  readonly rateLimits: RateLimits;
  /** By the token's digest. */
  readonly accessTokens: Map<string, AccessRecord>;
  readonly keys: KeyRing;
  /**
   * Encrypts refresh tokens. It is never published, and a rotation of the signing keys keeps it.
   */
  readonly refreshTokenSecret: Buffer;
  readonly federation: FederationState;
  /** The current outage, or the last one. */
  outage: Outage | null;
  /** Seconds by which `advance()` has moved the clock. */
  clockOffset: number;
  /** Epoch seconds by the pool's own clock. */
  now(): number;
}

/**
 * Creates the state of a new pool.
 *
 * @param given any part of the settings
 */
export function createState(given: Partial<LocalPoolSettings>): PoolState {
  const settings = completeSettings(given);
  const now = () => Math.floor(settings.now()) + state.clockOffset;
  const state: PoolState = {
    settings,
    clients: new Map(settings.clients.map((client) => [client.clientId, { ...client }])),
    users: createDirectory(settings.users, now),
    codes: new Map(),
    grants: new Map(),
    sessions: new Map(),
    pendingSignIns: new Map(),
    passkeyChallenges: new Map(),
    passkeyVisits: new Map(),
    oneTimeCodes: createOneTimeCodes(now),
    outbox: createOutbox(settings.onMessage),
    rateLimits: createRateLimits(now),
    accessTokens: new Map(),
    keys: createKeyRing(settings.keys),
    refreshTokenSecret: randomBytes(32),
    federation: createFederationState(),
    outage: null,
    clockOffset: 0,
    now,
  };
  return state;
}
