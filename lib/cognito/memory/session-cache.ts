import type { CookieJar } from 'iron-session';
import type { CognitoConfig } from '../protocol/cognito-config';
import { cookieName } from '../session/cookies';
import { familyOf, type Session, timesOf } from '../session/session';

/** Stands for everything that decides what cookies open to: shorter than they are, and as secret. */
export interface CacheKey {
  /** The seal's 256-bit MAC and iron-session's version, which only a client that has the seal can send. */
  readonly end: string;
  /** The secret, the user pool and the app client. */
  readonly configuration: string;
  /** A hash of all cookies, in two halves. */
  readonly hash: readonly [number, number];
}

interface Entry {
  readonly key: CacheKey;
  readonly session: Session;
}

/**
 * The sessions that a process opened recently. Opening a seal costs as much as rendering a small
 * page, and the same cookies always open to the same session, so it's done only once.
 *
 * What can change without the cookies is checked on every request: whether the session has expired,
 * signed out or gone idle (`SessionStore.read`), and whether its tokens are valid (`verifyTokens`).
 *
 * Plain data, so that several instances of this code in one process can share it.
 */
export interface SessionCache {
  /** By the end of their seals. The most recently used session comes last. */
  readonly sessions: Map<string, Entry>;
  /** The total length of all tokens, in characters. */
  characters: number;
  /** When expired sessions were last dropped, in seconds since 1970. */
  sweptAt: number;
}

/**
 * The most sessions, and the most characters of their tokens: five hundred typical sessions have 2.1
 * million characters. Each byte of the cache takes about four of resident memory. See docs/performance.md.
 */
const MAX_SESSIONS = 500;
const MAX_CHARACTERS = 2_500_000;
/** Sessions whose tokens have expired are dropped this often, in seconds. */
const SWEEP_EVERY = 60;

/** Creates an empty cache. */
export function emptySessionCache(): SessionCache {
  return { sessions: new Map(), characters: 0, sweptAt: 0 };
}

/** Taken once: under `next start`, each use of a global in Edge middleware is a slow lookup. */
const { imul } = Math;

/** How many characters at the end of a seal are its MAC and iron-session's version. */
const END = 45;

/**
 * Returns the names under which iron-session reads a seal: whole, and in up to four chunks.
 *
 * @param config the cookies' name
 */
export function sessionCookies(config: CognitoConfig): string[] {
  const whole = cookieName(config, 'session');
  return [whole, ...[0, 1, 2, 3].map((index) => `${whole}.${index}`)];
}

/** One text for each configuration, which all its entries share. */
const configurations = new WeakMap<CognitoConfig, string>();

/**
 * Returns the key of a session. It includes the secret, so that a configuration never finds a
 * session that it couldn't open itself.
 *
 * @param config the cookies' name and secret, and the app client
 * @param jar the request's cookies
 * @returns the key; undefined if there is no session cookie
 */
export function cacheKey(config: CognitoConfig, jar: CookieJar): CacheKey | undefined {
  const cookies = sessionCookies(config).map((name) => jar.read(name) ?? '');
  if (!cookies.some(Boolean)) return undefined;
  const end = cookies.reduce((before, text) => (before + text.slice(-END)).slice(-END));
  return { end, configuration: textOf(config), hash: hashOf(cookies) };
}

/**
 * Compares keys with the same `end`, in constant time for all that a client sends. The
 * configurations are this server's own.
 */
function isSameKey(one: CacheKey, other: CacheKey): boolean {
  if (one.configuration !== other.configuration) return false;
  return ((one.hash[0] ^ other.hash[0]) | (one.hash[1] ^ other.hash[1])) === 0;
}

function textOf(config: CognitoConfig): string {
  const { sessionSecret, issuer, clientId } = config;
  const text = configurations.get(config) ?? JSON.stringify([sessionSecret, issuer, clientId]);
  configurations.set(config, text);
  return text;
}

/**
 * Hashes the cookies into 64 bits, to notice any that are truncated, changed, swapped or from
 * another session. The hash is not cryptographic, and doesn't have to be: it only counts together
 * with the MAC. A client that knows the MAC of a session has read its cookies and can send them as
 * they are. Otherwise it would need the hash, too, which takes every character of the cookies.
 * Hashing with Web Crypto uses another thread, which takes longer than the rest of the lookup.
 *
 * Each step is reversible, so that cookies which differ in one character never have the same hash.
 * The lengths come first, so that the places where the seal is split count.
 */
function hashOf(texts: readonly string[]): [number, number] {
  let one = 1;
  let other = 2;
  const add = (value: number) => {
    one = imul(one ^ value, 0x85ebca6b);
    one ^= one >>> 15;
    other = imul(other ^ value, 0xc2b2ae35);
    other ^= other >>> 13;
  };
  for (const text of texts) {
    add(text.length);
    // Two characters at a time. After the last one comes NaN, which counts as 0.
    for (let at = 0; at < text.length; at += 2) {
      add(text.charCodeAt(at) ^ (text.charCodeAt(at + 1) << 16));
    }
  }
  return [one, other];
}

/**
 * Looks up a session, and marks it as recently used.
 *
 * @param cache the cache of this process
 * @param key from `cacheKey`
 * @param now seconds since 1970
 */
export function getCached(cache: SessionCache, key: CacheKey, now: number): Session | undefined {
  // `abs`: also sweep after a clock that was far ahead has been corrected.
  if (Math.abs(now - cache.sweptAt) >= SWEEP_EVERY) sweep(cache, now);
  const found = cache.sessions.get(key.end);
  if (!found || !isSameKey(found.key, key)) return undefined;
  cache.sessions.delete(found.key.end);
  cache.sessions.set(found.key.end, found);
  return found.session;
}

/**
 * Adds a session, and drops the least recently used sessions if the cache is full.
 *
 * @param cache the cache of this process
 * @param key from `cacheKey`
 * @param session an opened, current session that doesn't change any more
 */
export function setCached(cache: SessionCache, key: CacheKey, session: Session): void {
  const end = copyOf(key.end);
  remove(cache, end);
  const entry = { key: { ...key, end }, session };
  cache.sessions.set(end, entry);
  cache.characters += charactersOf(entry);
  for (const oldest of cache.sessions.keys()) {
    const fits = cache.sessions.size <= MAX_SESSIONS && cache.characters <= MAX_CHARACTERS;
    if (fits) return;
    remove(cache, oldest);
  }
}

/** V8 would keep a whole cookie of up to 16 kB in memory for this slice of it. */
function copyOf(slice: string): string {
  return slice.split('').join('');
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

function charactersOf({ session }: Entry): number {
  const { idToken, accessToken, refreshToken } = session;
  return idToken.length + accessToken.length + refreshToken.length;
}
