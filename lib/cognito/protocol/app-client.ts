import type { CognitoConfig } from './config';
import { createKeySet, emptyKeyMemory, type KeyMemory, type KeySet } from './keys';

/** The part of `fetch` that this folder uses. */
export type Fetch = (url: string, init?: RequestInit) => Promise<Response>;

/**
 * An app client at work: its configuration, its wire, its clock and its user pool's keys. Every
 * protocol function takes it first, so that none has hidden state.
 */
export interface AppClient {
  readonly config: CognitoConfig;
  readonly fetch: Fetch;
  /** Seconds since 1970, not rounded. */
  readonly now: () => number;
  readonly keys: KeySet;
}

/**
 * Puts an app client together.
 *
 * @param config from `parseConfig`
 * @param wire `fetch` and a clock in seconds, the platform's by default; and a memory for the user
 *   pool's keys, its own by default
 * @returns the client; keep it for the life of the process
 */
export function createAppClient(
  config: CognitoConfig,
  wire: { fetch?: Fetch; now?: () => number; memory?: KeyMemory } = {},
): AppClient {
  const fetch: Fetch = wire.fetch ?? ((url, init) => globalThis.fetch(url, init));
  const now = wire.now ?? (() => Date.now() / 1000);
  const memory = wire.memory ?? emptyKeyMemory();
  const jwksUri = `${config.issuer}/.well-known/jwks.json`;
  return { config, fetch, now, keys: createKeySet(jwksUri, { fetch, now, memory }) };
}
