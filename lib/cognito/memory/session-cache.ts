import type { CookieJar } from 'iron-session';
import type { CognitoConfig } from '../protocol/cognito-config';
import { cookieName } from '../session/cookies';
import { familyOf, type Session, timesOf } from '../session/session';

interface Entry {
  readonly key: string;
  readonly end: string;
  readonly session: Session;
}

/**
 * The sessions that a process opened recently. Opening a seal and parsing its content costs as much
 * as rendering a small page, and the same cookies always open to the same session, so it's done
 * only once.
 *
 * What can change without the cookies is checked on every request: whether the session has expired,
 * signed out or gone idle (`SessionStore.read`), and whether its tokens are valid (`verifyTokens`).
 *
 * Plain data, so that several instances of this code in one process can share it.
 */
export interface SessionCache {
  /** By the end of their keys. The most recently used session comes last. */
  readonly sessions: Map<string, Entry>;
  /** The total length of all tokens and keys, in characters. */
  characters: number;
  /** When expired sessions were last dropped, in seconds since 1970. */
  sweptAt: number;
}

/**
 * The most sessions, and the most characters of their tokens and keys: a thousand typical sessions
 * have 8.5 million. When the cache is full, it drops the least recently used sessions.
 */
const MAX_SESSIONS = 1000;
const MAX_CHARACTERS = 8_500_000;
/** Sessions whose tokens have expired are dropped this often, in seconds. */
const SWEEP_EVERY = 60;
/** The most chunks that iron-session splits a cookie into. */
const MAX_CHUNKS = 4;

/** Creates an empty cache. */
export function emptySessionCache(): SessionCache {
  return { sessions: new Map(), characters: 0, sweptAt: 0 };
}

/**
 * Returns the key of a session: everything that decides what its cookies open to. That includes the
 * secret, so that a configuration never finds a session that it couldn't open itself.
 *
 * The key isn't hashed, because Web Crypto computes hashes in another thread, which takes longer
 * than the rest of the lookup.
 * See docs/performance.md.
 *
 * @param config the cookies' name and secret, and the app client
 * @param jar the request's cookies
 * @returns the key, as secret as the session; undefined if there is no session cookie
 */
export function cacheKey(config: CognitoConfig, jar: CookieJar): string | undefined {
  const whole = cookieName(config, 'session');
  const names = [whole, ...Array.from({ length: MAX_CHUNKS }, (_, index) => `${whole}.${index}`)];
  const cookies = names.map((name) => jar.read(name) ?? '');
  if (!cookies.some(Boolean)) return undefined;
  const { sessionSecret, issuer, clientId } = config;
  // With the lengths in front, different texts can't result in the same key.
  const texts = [JSON.stringify(sessionSecret), issuer, clientId, ...cookies];
  return `${texts.map((each) => each.length)} ${texts.join('')}`;
}

/**
 * How many characters of a key's end to look sessions up by. They are the end of a seal: its
 * 256-bit MAC and iron-session's version, which only a request with the seal knows. The whole key
 * is then compared in constant time.
 */
const END = 45;

function find(cache: SessionCache, key: string): Entry | undefined {
  const found = cache.sessions.get(key.slice(-END));
  return found && isSameText(found.key, key) ? found : undefined;
}

function isSameText(one: string, other: string): boolean {
  let difference = one.length ^ other.length;
  for (let at = 0; at < one.length; at++) difference |= one.charCodeAt(at) ^ other.charCodeAt(at);
  return difference === 0;
}

/**
 * Looks up a session, and marks it as recently used.
 *
 * @param cache the cache of this process
 * @param key from `cacheKey`
 * @param now seconds since 1970
 */
export function getCached(cache: SessionCache, key: string, now: number): Session | undefined {
  // `abs`: also sweep after a clock that was far ahead has been corrected.
  if (Math.abs(now - cache.sweptAt) >= SWEEP_EVERY) sweep(cache, now);
  const found = find(cache, key);
  if (!found) return undefined;
  cache.sessions.delete(found.end);
  cache.sessions.set(found.end, found);
  return found.session;
}

/**
 * Adds a session, and drops the least recently used sessions if the cache is full.
 *
 * @param cache the cache of this process
 * @param key from `cacheKey`
 * @param session an opened, current session that doesn't change any more
 */
export function setCached(cache: SessionCache, key: string, session: Session): void {
  const end = key.slice(-END);
  remove(cache, end);
  const entry = { key, end, session };
  cache.sessions.set(end, entry);
  cache.characters += charactersOf(entry);
  for (const oldest of cache.sessions.keys()) {
    const fits = cache.sessions.size <= MAX_SESSIONS && cache.characters <= MAX_CHARACTERS;
    if (fits) return;
    remove(cache, oldest);
  }
}

function remove(cache: SessionCache, end: string): void {
  const entry = cache.sessions.get(end);
  if (!entry) return;
  cache.sessions.delete(end);
  cache.characters -= charactersOf(entry);
}

/**
 * Removes a session from the cache, and every other session of the same sign-in: a refresh leaves
 * the one that it replaced.
 *
 * @param cache the cache of this process
 * @param session any session of the sign-in
 */
export function deleteCached(cache: SessionCache, session: Session): void {
  const family = familyOf(session);
  for (const [end, each] of cache.sessions) {
    if (familyOf(each.session) === family) remove(cache, end);
  }
}

/**
 * Drops sessions with expired tokens: a refresh replaces their cookies, and with them their keys.
 */
function sweep(cache: SessionCache, now: number): void {
  cache.sweptAt = now;
  for (const [end, { session }] of cache.sessions) {
    const { id, access } = timesOf(session);
    if (Math.min(id.exp ?? 0, access.exp ?? 0) <= now) remove(cache, end);
  }
}

/** Counts the key, too: a client can fill the other chunks of its cookie up to about 16 kB. */
function charactersOf({ key, session }: Entry): number {
  const { idToken, accessToken, refreshToken } = session;
  return key.length + idToken.length + accessToken.length + refreshToken.length;
}
