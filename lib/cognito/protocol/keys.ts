import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTHeaderParameters } from 'jose';
import { createCircuitBreaker, PATIENCE } from './circuit-breaker';
import { CognitoError } from './errors';
import { fetchKeys, type KeyMemory, type KeyWire } from './fetch-keys';
import { createSingleFlight } from './single-flight';

/** The user pool's signing keys. */
export interface KeySet {
  /** Finds the key that signed a token. Throws `keys_unavailable` or `token_invalid`. */
  readonly find: (header: JWTHeaderParameters) => Promise<CryptoKey>;
  /**
   * What is known of them: the same object for as long as they are the same keys, undefined before the
   * first fetch. Keys that have grown old are fetched again in the background.
   */
  readonly current: () => JSONWebKeySet | undefined;
  /** Fetches the keys again. Throws `keys_unavailable`. */
  readonly refetch: () => Promise<JSONWebKeySet>;
}

/** An unknown `kid` asks the user pool at most this often, in seconds: anybody can make one up. */
const COOL_DOWN = 30;
/** Older keys, in seconds, are fetched again in the background. */
const REFRESH_AFTER = 3600;
/** The detail of `keys_unavailable` for a key that was not found during the cool-down. */
export const UNKNOWN_KEY = 'unknown kid';

/**
 * The user pool's signing keys, fetched once and kept through an outage.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html
 *
 * jose's own remote key set forgets its keys when they grow old and cannot be fetched again. This one
 * keeps the last good ones, because an outage of that endpoint must not sign anybody out.
 *
 * @param jwksUri `<issuer>/.well-known/jwks.json`
 * @param wire `fetch`, a clock in seconds, a way to wait, and where to keep the keys
 */
export function createKeySet(jwksUri: string, wire: KeyWire): KeySet {
  const { memory, now } = wire;
  const circuit = createCircuitBreaker(wire.wait);
  const flights = createSingleFlight<JSONWebKeySet>(now);
  const lookUp = createLookUp(memory);
  const isOlder = (since: number, seconds: number) => now() - since >= seconds;

  async function find(header: JWTHeaderParameters): Promise<CryptoKey> {
    if (!header.kid) throw new CognitoError('token_invalid', 'kid');
    const cold = memory.jwks === undefined;
    if (cold) await refetch();
    const known = await lookUp(header);
    if (known) refreshOldKeys();
    // Keys that were fetched just now leave no doubt.
    const key = known ?? (cold ? undefined : await search(header));
    if (!key) throw new CognitoError('token_invalid', 'kid');
    return key;
  }

  /** The user pool may have new keys, or somebody made one up. */
  async function search(header: JWTHeaderParameters): Promise<CryptoKey | undefined> {
    if (isOlder(memory.searchedAt, COOL_DOWN)) {
      memory.searchedAt = now();
      await refetch();
      return lookUp(header);
    }
    // Several requests meet a new key at the same moment: they wait for the one fetch.
    await flights.find('keys');
    const found = await lookUp(header);
    if (found) return found;
    throw new CognitoError('keys_unavailable', UNKNOWN_KEY);
  }

  async function refetch(): Promise<JSONWebKeySet> {
    const jwks = await circuit.run(fetchOnce, () => false);
    if (jwks) return jwks;
    throw new CognitoError('keys_unavailable', 'down a moment ago');
  }

  function fetchOnce(): Promise<JSONWebKeySet> {
    const broken = circuit.isBroken();
    const urgent = memory.jwks === undefined && !broken;
    // A fetch that hangs is not joined for long: the endpoint may be back already.
    const patience = broken ? PATIENCE : undefined;
    return flights.run('keys', () => fetchKeys(jwksUri, wire, urgent), patience);
  }

  function refreshOldKeys(): void {
    const old = isOlder(memory.fetchedAt, REFRESH_AFTER) && isOlder(memory.triedAt, COOL_DOWN);
    if (memory.jwks && old) void refetch().catch(() => {});
  }

  function current(): JSONWebKeySet | undefined {
    refreshOldKeys();
    return memory.jwks;
  }

  return { find, current, refetch };
}

/** Finds a key among those in memory. jose imports each key once for each resolver. */
function createLookUp(memory: KeyMemory) {
  let resolver: { jwks: JSONWebKeySet; find: ReturnType<typeof createLocalJWKSet> } | undefined;
  return async (header: JWTHeaderParameters): Promise<CryptoKey | undefined> => {
    if (!memory.jwks) return undefined;
    if (resolver?.jwks !== memory.jwks) {
      resolver = { jwks: memory.jwks, find: createLocalJWKSet(memory.jwks) };
    }
    try {
      return await resolver.find(header);
    } catch (cause) {
      if (cause instanceof errors.JWKSNoMatchingKey) return undefined;
      throw new CognitoError('token_invalid', 'kid', { cause });
    }
  };
}
