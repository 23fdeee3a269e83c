import type { JSONWebKeySet } from 'jose';
import { CognitoError } from './errors';
import { type Fetch, isTimeOut, retryOnce, type Wait } from './wire';

/**
 * A user pool's keys, and when they were fetched. Plain data, so that several instances can share
 * it.
 */
export interface KeyMemory {
  jwks: JSONWebKeySet | undefined;
  /** When they were last fetched, in seconds since 1970. */
  fetchedAt: number;
  /** When a fetch last ended, whether it worked or not, in seconds since 1970. */
  triedAt: number;
  /** When an unknown key last caused a fetch, in seconds since 1970. */
  searchedAt: number;
  /** The same for the key of a session, if the fetch worked. */
  ownSearchedAt: number;
}

/** What the keys are fetched with, and where they are stored. */
export interface KeyWire {
  readonly fetch: Fetch;
  readonly now: () => number;
  readonly wait: Wait;
  readonly memory: KeyMemory;
}

/** Creates an empty memory. */
export function emptyKeyMemory(): KeyMemory {
  const never = Number.NEGATIVE_INFINITY;
  return {
    jwks: undefined,
    fetchedAt: never,
    triedAt: never,
    searchedAt: never,
    ownSearchedAt: never,
  };
}

const TIME_OUT_MS = 3000;
const TIMED_OUT = 'timed out';

/**
 * Fetches a user pool's keys into memory. If that fails, the memory keeps the last valid keys.
 *
 * @param jwksUri `<issuer>/.well-known/jwks.json`
 * @param wire `fetch`, a clock in seconds since 1970, a way to wait, and the memory
 * @param urgent whether to repeat a request once if it fails quickly: there are no keys yet
 * @returns the keys
 * @throws CognitoError `keys_unavailable`
 */
export async function fetchKeys(
  jwksUri: string,
  wire: KeyWire,
  urgent: boolean,
): Promise<JSONWebKeySet> {
  const { memory, now } = wire;
  const request = () => requestKeys(jwksUri, wire.fetch);
  try {
    // A GET is safe to repeat.
    const jwks = await retryOnce(wire.wait, request, (error) => urgent && isQuick(error));
    // If the keys are the same, keep the object: what was verified with it stays valid.
    if (JSON.stringify(jwks) !== JSON.stringify(memory.jwks)) memory.jwks = jwks;
    memory.fetchedAt = now();
    return jwks;
  } finally {
    memory.triedAt = now();
  }
}

async function requestKeys(jwksUri: string, fetch: Fetch): Promise<JSONWebKeySet> {
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
    const reason = isTimeOut(cause) ? TIMED_OUT : 'unreachable';
    throw new CognitoError('keys_unavailable', reason, { cause });
  }
}

/** Whether a request failed quickly. After a time-out, a second one would only double the wait. */
function isQuick(error: unknown): boolean {
  return !(error instanceof CognitoError && error.detail === TIMED_OUT);
}

function isKeySet(body: unknown): body is JSONWebKeySet {
  if (typeof body !== 'object' || body === null || !('keys' in body)) return false;
  const { keys } = body;
  if (!Array.isArray(keys) || keys.length === 0) return false;
  // jose throws for a key set with any other entry, and would throw for as long as it is stored.
  return keys.every((key) => typeof key === 'object' && key !== null && !Array.isArray(key));
}
