import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTHeaderParameters } from 'jose';
import type { Fetch, Wait } from './app-client';
import { createCircuitBreaker, PATIENCE } from './circuit-breaker';
import { CognitoError } from './errors';
import { isTimeOut, retryOnce } from './retry-once';
import { createSingleFlight } from './single-flight';

/** The user pool's signing keys. */
export interface KeySet {
  /** Finds the key that signed a token. Throws `keys_unavailable` or `token_invalid`. */
  readonly find: (header: JWTHeaderParameters) => Promise<CryptoKey>;
  /**
   * What is known of them: the same object for as long as they are the same keys, undefined before
   * they were first fetched. If they have grown old they are fetched again, beside the caller.
   */
  readonly current: () => JSONWebKeySet | undefined;
}

/** What is known of a user pool's keys: plain data, so that several instances can share it. */
export interface KeyMemory {
  jwks: JSONWebKeySet | undefined;
  /** In seconds since 1970: when they were fetched, */
  fetchedAt: number;
  /** when that was last tried, */
  triedAt: number;
  /** and when it was last tried for the sake of a key that nobody knew. */
  searchedAt: number;
}

/** A memory that holds nothing yet. */
export function emptyKeyMemory(): KeyMemory {
  const never = Number.NEGATIVE_INFINITY;
  return { jwks: undefined, fetchedAt: never, triedAt: never, searchedAt: never };
}

/** An unknown `kid` asks the user pool at most this often, in seconds: anybody can make one up. */
const COOL_DOWN = 30;
/** After this many seconds the keys are fetched again beside a request, never in its way. */
const REFRESH_AFTER = 3600;
const TIME_OUT_MS = 3000;
/** The detail of `keys_unavailable` for a key that was looked for a moment ago, and not found. */
export const UNKNOWN_KEY = 'unknown kid';

/**
 * The user pool's signing keys, fetched once and kept through an outage.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html
 *
 * jose's own remote key set forgets its keys when they grow old and cannot be fetched again; ours
 * keeps the last good ones, because an outage of that endpoint must not sign anybody out.
 *
 * @param jwksUri `<issuer>/.well-known/jwks.json`
 * @param wire `fetch`, a clock in seconds, and where to keep the keys
 * @returns the keys; keep them for the life of the process
 */
export function createKeySet(
  jwksUri: string,
  wire: { fetch: Fetch; now: () => number; wait: Wait; memory: KeyMemory },
): KeySet {
  const { memory } = wire;
  const circuit = createCircuitBreaker(wire.wait);
  const flights = createSingleFlight<JSONWebKeySet>({
    now: wire.now,
    keepSeconds: 0,
    keep: () => 'never',
    max: 10,
  });
  let resolver: { jwks: JSONWebKeySet; find: ReturnType<typeof createLocalJWKSet> } | undefined;

  async function fetchThem(): Promise<JSONWebKeySet> {
    const fetched = () => fetchKeys(jwksUri, wire.fetch);
    // A GET may always be repeated; it is worth it where nobody can be served without.
    const urgent = memory.jwks === undefined && !circuit.isBroken();
    try {
      const jwks = await retryOnce(wire.wait, fetched, (error) => urgent && isQuick(error));
      // The same keys stay the same object, and so does what was verified with them.
      if (JSON.stringify(jwks) !== JSON.stringify(memory.jwks)) memory.jwks = jwks;
      memory.fetchedAt = wire.now();
      return jwks;
    } finally {
      memory.triedAt = wire.now();
    }
  }

  async function load(): Promise<void> {
    const patience = circuit.isBroken() ? PATIENCE : undefined;
    const run = () => flights.run('keys', fetchThem, patience);
    const jwks = await circuit.run(run, () => false);
    if (!jwks) throw new CognitoError('keys_unavailable', 'down a moment ago');
  }

  async function look(header: JWTHeaderParameters): Promise<CryptoKey | undefined> {
    if (!memory.jwks) return undefined;
    // jose imports each key once for each resolver.
    if (resolver?.jwks !== memory.jwks) {
      resolver = { jwks: memory.jwks, find: createLocalJWKSet(memory.jwks) };
    }
    try {
      return await resolver.find(header);
    } catch (cause) {
      if (cause instanceof errors.JWKSNoMatchingKey) return undefined;
      throw new CognitoError('token_invalid', 'kid', { cause });
    }
  }

  async function find(header: JWTHeaderParameters): Promise<CryptoKey> {
    if (!header.kid) throw new CognitoError('token_invalid', 'kid');
    const cold = memory.jwks === undefined;
    if (cold) await load();
    const known = await look(header);
    if (known) {
      keepFresh();
      return known;
    }
    // Keys that came this very moment leave no doubt.
    const found = cold ? undefined : await search(header);
    if (found) return found;
    throw new CognitoError('token_invalid', 'kid');
  }

  function keepFresh(): void {
    const old = isOver(memory.fetchedAt, REFRESH_AFTER) && isOver(memory.triedAt, COOL_DOWN);
    if (old) void load().catch(() => {});
  }

  /** The pool may have new keys, or somebody has made one up. */
  async function search(header: JWTHeaderParameters): Promise<CryptoKey | undefined> {
    if (!isOver(memory.searchedAt, COOL_DOWN)) {
      // Several requests meet a new key at the same moment: they wait for the one search.
      const running = flights.known('keys');
      const found = running && (await running.then(() => look(header)));
      if (found) return found;
      throw new CognitoError('keys_unavailable', UNKNOWN_KEY);
    }
    memory.searchedAt = wire.now();
    await load();
    return look(header);
  }

  function isOver(since: number, seconds: number): boolean {
    return wire.now() - since >= seconds;
  }

  return {
    find,
    current() {
      if (memory.jwks) keepFresh();
      return memory.jwks;
    },
  };
}

async function fetchKeys(jwksUri: string, fetch: Fetch): Promise<JSONWebKeySet> {
  try {
    const response = await fetch(jwksUri, {
      headers: { accept: 'application/json' },
      cache: 'no-store',
      signal: AbortSignal.timeout(TIME_OUT_MS),
    });
    if (!response.ok) throw new CognitoError('keys_unavailable', `HTTP ${response.status}`);
    const body: unknown = await response.json();
    if (isKeySet(body)) return body;
    throw new CognitoError('keys_unavailable', 'not a key set');
  } catch (cause) {
    if (cause instanceof CognitoError) throw cause;
    throw new CognitoError('keys_unavailable', isTimeOut(cause) ? TIMED_OUT : 'unreachable', {
      cause,
    });
  }
}

const TIMED_OUT = 'timed out';

/** What failed at once may work in a moment; a second time-out would only double the wait. */
function isQuick(error: unknown): boolean {
  return !(error instanceof CognitoError && error.detail === TIMED_OUT);
}

function isKeySet(body: unknown): body is JSONWebKeySet {
  if (typeof body !== 'object' || body === null || !('keys' in body)) return false;
  const { keys } = body;
  if (!Array.isArray(keys) || keys.length === 0) return false;
  // jose throws for a set with anything else in it, and would for as long as we kept it.
  return keys.every((key) => typeof key === 'object' && key !== null && !Array.isArray(key));
}
