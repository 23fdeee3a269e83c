import { randomBytes } from 'node:crypto';
import { completeSettings } from './default-settings';
import { createFederationState, type FederationState } from './federation/federation-state';
import type { PendingSignIn } from './hosted-ui/pending-sign-in';
import { createKeyRing, type KeyRing } from './key-ring';
import { createOneTimeCodes, type OneTimeCodes } from './one-time-codes';
import { createOutbox, type Outbox } from './outbox';
import { createRateLimits, type RateLimits } from './rate-limits';
import type { AppClient, LocalPoolSettings } from './settings';
import { createDirectory, type Directory } from './users';

/** What one authorization code stands for. It is redeemed once, within five minutes. */
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

/** One sign-in's worth of tokens; its id is the tokens' `origin_jti`. */
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

/** A browser's session at the hosted UI, by the value of its `cognito` cookie. */
export interface HostedSession {
  readonly username: string;
  readonly authTime: number;
  readonly expiresAt: number;
  /** Where it began: `COGNITO`, or the external provider's name. */
  readonly provider: string;
}

/** What the pool remembers of an access token, by the token's digest. */
export interface AccessRecord {
  readonly grantId: string;
  readonly scopes: readonly string[];
  readonly expiresAt: number;
}

/** An outage that is on. Times are epoch seconds. */
export interface Outage {
  readonly began: number;
  readonly until: number;
  readonly silent: boolean;
}

/** Everything the endpoints share. All of it in Maps: a plain object would "find" `__proto__`. */
export interface PoolState {
  readonly settings: LocalPoolSettings;
  readonly clients: Map<string, AppClient>;
  readonly users: Directory;
  readonly codes: Map<string, CodeRecord>;
  readonly grants: Map<string, Grant>;
  readonly sessions: Map<string, HostedSession>;
  /** Sign-ins that are not done yet, by the value of the browser's `page-data` cookie. */
  readonly pendingSignIns: Map<string, PendingSignIn>;
  readonly oneTimeCodes: OneTimeCodes;
  readonly outbox: Outbox;
  readonly rateLimits: RateLimits;
  readonly accessTokens: Map<string, AccessRecord>;
  readonly keys: KeyRing;
  /** Seals refresh tokens; never published, and no rotation of the keys touches it. */
  readonly refreshTokenSecret: Buffer;
  readonly federation: FederationState;
  /** The one that is on, or the last one. */
  outage: Outage | null;
  /** Seconds by which `advance()` has moved the clock. */
  clockOffset: number;
  /** Epoch seconds by the pool's own clock. */
  now(): number;
}

/**
 * A fresh pool's memory.
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
