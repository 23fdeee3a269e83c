import type { CognitoConfig } from '../config/parse-config';
import { createKeySet, emptyKeyMemory, type KeyMemory, type KeySet } from './keys';
import type { Verdicts } from './verify';

/** The part of `fetch` that this folder uses. */
export type Fetch = (url: string, init?: RequestInit) => Promise<Response>;

/** Settles after so many milliseconds. */
export type Wait = (milliseconds: number) => Promise<void>;

/**
 * An app client at work: its configuration, its wire, its clock and its user pool's keys. Every
 * protocol function takes it first, so that none has hidden state.
 */
export interface AppClient {
  readonly config: CognitoConfig;
  readonly fetch: Fetch;
  /** Seconds since 1970, not rounded. */
  readonly now: () => number;
  /** Settles after so many milliseconds. */
  readonly wait: Wait;
  readonly keys: KeySet;
  /** What `verifyTokens` has verified. */
  readonly verdicts: Verdicts;
}

/** What an app client remembers: plain data, so that several instances can share it. */
export interface ClientMemory {
  readonly keys: KeyMemory;
  readonly verdicts: Verdicts;
}

/** A memory that holds nothing yet. */
export function emptyClientMemory(): ClientMemory {
  return { keys: emptyKeyMemory(), verdicts: new WeakMap() };
}

/**
 * Puts an app client together.
 *
 * @param config from `parseConfig`
 * @param wire `fetch`, a clock in seconds and a way to wait, the platform's by default; and a memory,
 *   its own by default
 * @returns the client; keep it for the life of the process
 */
export function createAppClient(
  config: CognitoConfig,
  wire: { fetch?: Fetch; now?: () => number; wait?: Wait; memory?: ClientMemory } = {},
): AppClient {
  const fetch: Fetch = wire.fetch ?? ((url, init) => globalThis.fetch(url, init));
  const now = wire.now ?? (() => Date.now() / 1000);
  const wait: Wait = wire.wait ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms)));
  const memory = wire.memory ?? emptyClientMemory();
  const jwksUri = `${config.issuer}/.well-known/jwks.json`;
  const keys = createKeySet(jwksUri, { fetch, now, wait, memory: memory.keys });
  return { config, fetch, now, wait, keys, verdicts: memory.verdicts };
}
