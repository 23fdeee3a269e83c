import type { CookieJar } from 'iron-session';
import type { CognitoConfig } from '../protocol/cognito-config';
import { cookieName } from './cookies';
import { type Session, timesOf } from './session';

interface Entry {
  readonly key: string;
  readonly end: string;
  readonly session: Session;
}

/**
 * The sessions that a process opened recently. To open a seal and parse what is in it costs as much as a small
 * page, and the same cookie always opens to the same session, so it is opened once.
 *
 * What changes without the cookie is checked on every request: whether the session has expired, signed out or
 * gone idle (`SessionStore.read`), and whether its tokens hold (`verifyTokens`).
 *
 * Plain data, so that several instances of this code in one process can share it.
 */
export interface SessionCache {
  /** By the end of their keys; the most recently used comes last. */
  readonly sessions: Map<string, Entry>;
  /** Of all their tokens and keys together. */
  characters: number;
  /** When expired ones were last dropped, in seconds since 1970. */
  sweptAt: number;
}

/**
 * At most this many sessions, and this many characters of their tokens and keys: a thousand usual sessions
 * have 8.5 million. A session that returns after so many others is opened again.
 */
const MAX_SESSIONS = 1000;
const MAX_CHARACTERS = 8_500_000;
/** Sessions whose tokens have expired are dropped this often, in seconds. */
const SWEEP_EVERY = 60;
/** iron-session's limit. */
const MAX_CHUNKS = 4;

/** A cache that holds nothing yet. */
export function emptySessionCache(): SessionCache {
  return { sessions: new Map(), characters: 0, sweptAt: 0 };
}

/**
 * The key of a session: everything that decides what its cookies open to, the secret included, so that nothing
 * is found that this configuration could not open by itself.
 *
 * It is not a hash: Web Crypto hands each one to another thread, which takes longer than the rest of a look-up
 * together (docs/performance.md).
 *
 * @param config the cookies' name and secret, and the app client
 * @param jar the request's cookies
 * @returns as secret as the session; undefined if there is no session cookie at all
 */
export function cacheKey(config: CognitoConfig, jar: CookieJar): string | undefined {
  const whole = cookieName(config, 'session');
  const names = [whole, ...Array.from({ length: MAX_CHUNKS }, (_, index) => `${whole}.${index}`)];
  const cookies = names.map((name) => jar.read(name) ?? '');
  if (!cookies.some(Boolean)) return undefined;
  const { sessionSecret, issuer, clientId } = config;
  // With all lengths in front nothing can be taken for something else.
  const texts = [JSON.stringify(sessionSecret), issuer, clientId, ...cookies];
  return `${texts.map((each) => each.length)} ${texts.join('')}`;
}

/**
 * The end of a key is the end of a seal: its 256-bit MAC, and iron-session's version. Only a request that has the
 * seal finds anything by it; the rest is compared in a time that does not depend on where it differs.
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
 * Looks a session up, and counts it as used.
 *
 * @param cache of this process
 * @param key from `cacheKey`
 * @param now seconds since 1970
 */
export function getCached(cache: SessionCache, key: string, now: number): Session | undefined {
  // Also after a clock that was far ahead has been put right.
  if (Math.abs(now - cache.sweptAt) >= SWEEP_EVERY) sweep(cache, now);
  const found = find(cache, key);
  if (!found) return undefined;
  cache.sessions.delete(found.end);
  cache.sessions.set(found.end, found);
  return found.session;
}

/**
 * Adds a session; the least recently used ones make room.
 *
 * @param cache of this process
 * @param key from `cacheKey`
 * @param session opened and current; nobody changes it any more
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
 * Takes a session out of the cache.
 *
 * @param cache of this process
 * @param key from `cacheKey`
 */
export function deleteCached(cache: SessionCache, key: string): void {
  const found = find(cache, key);
  if (found) remove(cache, found.end);
}

/** Expired tokens are of no more use than the cookie that holds them. */
function sweep(cache: SessionCache, now: number): void {
  cache.sweptAt = now;
  for (const [end, { session }] of cache.sessions) {
    const { id, access } = timesOf(session);
    if (Math.min(id.exp ?? 0, access.exp ?? 0) <= now) remove(cache, end);
  }
}

/** The key counts as well: beside a seal of a few kilobytes anybody can make up the rest of 16. */
function charactersOf({ key, session }: Entry): number {
  const { idToken, accessToken, refreshToken } = session;
  return key.length + idToken.length + accessToken.length + refreshToken.length;
}
