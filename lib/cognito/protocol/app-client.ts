import type { VerifiedTokens } from './claims';
import type { CognitoConfig } from './cognito-config';
import { emptyKeyMemory, type KeyMemory } from './fetch-keys';
import { createKeySet, type KeySet } from './keys';
import type { Fetch, Wait } from './wire';

/**
 * An app client: its configuration, `fetch`, clock and the user pool's signing keys. Every function
 * that calls the user pool or verifies tokens takes it as its first argument, so none has hidden
 * state.
 */
export interface AppClient {
  readonly config: CognitoConfig;
  readonly fetch: Fetch;
  /** Seconds since 1970, not rounded. */
  readonly now: () => number;
  readonly wait: Wait;
  readonly keys: KeySet;
  readonly verdicts: Verdicts;
}

/** The result of verifying two tokens, and the keys that verified them. */
interface Verdict {
  readonly idToken: string;
  readonly accessToken: string;
  readonly claims: VerifiedTokens;
  readonly keys: object;
}

/**
 * By the object that holds the tokens. A verdict is garbage-collected together with that object.
 */
export type Verdicts = WeakMap<object, Verdict>;

/** What an app client remembers. It is plain data, so that several instances can share it. */
export interface ClientMemory {
  readonly keys: KeyMemory;
  readonly verdicts: Verdicts;
}

/** Creates an empty memory. */
export function emptyClientMemory(): ClientMemory {
  return { keys: emptyKeyMemory(), verdicts: new WeakMap() };
}

/**
 * Creates an app client. Keep it for the lifetime of the process.
 *
 * @param config from `parseConfig`
 * @param wire `fetch`, a clock in seconds since 1970, a way to wait in milliseconds (the platform's
 *   by default), and a memory (a new one by default)
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
