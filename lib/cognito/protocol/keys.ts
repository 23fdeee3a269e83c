import type { JSONWebKeySet, JWK, JWTHeaderParameters } from 'jose';
import { createCircuitBreaker, PATIENCE } from './circuit-breaker';
import { CognitoError } from './errors';
import { fetchKeys, type KeyWire } from './fetch-keys';
import { createSingleFlight } from './single-flight';

/** The user pool's signing keys. */
export interface KeySet {
  /**
   * Finds the key that signed a token. `own`: the token comes from the user pool itself or from a
   * session, so that nobody can have invented its `kid`. Throws CognitoError `keys_unavailable` or
   * `token_invalid`.
   */
  readonly find: (header: JWTHeaderParameters, own?: boolean) => Promise<JWK>;
  /**
   * The keys in memory: the same object for as long as the keys don't change, undefined before the
   * first fetch. Old keys are fetched again in the background.
   */
  readonly current: () => JSONWebKeySet | undefined;
  /** Fetches the keys again. Throws CognitoError `keys_unavailable`. */
  readonly refetch: () => Promise<JSONWebKeySet>;
}

/**
 * The least time between fetches for an unknown `kid`, in seconds: anyone can invent a `kid`. Own
 * tokens have a separate one, so that a stranger can't delay the user pool's new keys.
 */
const COOL_DOWN = 30;
/** The age in seconds after which keys are fetched again in the background. */
const REFRESH_AFTER = 3600;
/** The detail of `keys_unavailable` for a key that isn't in memory during the cool-down. */
export const UNKNOWN_KEY = 'unknown kid';

/**
 * Creates the set of the user pool's signing keys, which are fetched once and kept during an
 * outage.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html
 *
 * jose's remote key set discards old keys even if it can't fetch new ones. This key set keeps the
 * last valid keys, because an outage of the JWKS endpoint must not sign users out.
 *
 * @param jwksUri `<issuer>/.well-known/jwks.json`
 * @param wire `fetch`, a clock in seconds since 1970, a way to wait, and the memory for the keys
 */
export function createKeySet(jwksUri: string, wire: KeyWire): KeySet {
  const { memory, now } = wire;
  const circuit = createCircuitBreaker(wire.wait);
  const flights = createSingleFlight<JSONWebKeySet>(now);
  const isOlder = (since: number, seconds: number) => now() - since >= seconds;

  async function find(header: JWTHeaderParameters, own = false): Promise<JWK> {
    if (!header.kid) throw new CognitoError('token_invalid', 'kid');
    const cold = memory.jwks === undefined;
    if (cold) await refetch();
    const known = lookUp(header);
    if (known) refreshOldKeys();
    // If the keys were fetched just now, fetching them again can't help.
    const key = known ?? (cold ? undefined : await search(header, own));
    if (!key) throw new CognitoError('token_invalid', 'kid');
    return key;
  }

  /** Finds a key in memory. If two fit, nobody knows which of them signed. */
  function lookUp({ kid }: JWTHeaderParameters): JWK | undefined {
    const [key, other] =
      memory.jwks?.keys.filter((each) => each.kid === kid && isUsable(each)) ?? [];
    if (other) throw new CognitoError('token_invalid', 'kid');
    return key;
  }

  /** Looks for an unknown key: the user pool may have new keys, or the `kid` may be invented. */
  async function search(header: JWTHeaderParameters, own: boolean): Promise<JWK | undefined> {
    const searched = own ? 'ownSearchedAt' : 'searchedAt';
    if (isOlder(memory[searched], COOL_DOWN)) {
      if (!own) memory.searchedAt = now();
      await refetch();
      memory[searched] = now();
      return lookUp(header);
    }
    // Another request may be fetching the keys because of the same new key: wait for that fetch.
    await flights.find('keys');
    const found = lookUp(header);
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
    // Don't join a fetch that has been hanging: the endpoint may be back already.
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

/**
 * Whether a key is for verifying RS256 signatures (RFC 7517, section 4). jose refuses a private or short
 * one. It imports a key when it first uses it, and keeps the result for as long as the key is the same object.
 */
function isUsable({ kty, use = 'sig', alg = 'RS256', key_ops = ['verify'] }: JWK): boolean {
  const verifies = Array.isArray(key_ops) && key_ops.includes('verify');
  return kty === 'RSA' && use === 'sig' && alg === 'RS256' && verifies;
}
