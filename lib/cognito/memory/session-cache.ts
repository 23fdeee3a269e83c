import { familyOf, type Session, timesOf } from '../session/session';
import { type CacheKey, isSameKey } from './cache-key';

interface Entry {
  readonly key: CacheKey;
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
  /** By the end of their seals. The most recently used session comes last. */
  readonly sessions: Map<string, Entry>;
  /** The total length of all tokens, in characters. */
  characters: number;
  /** When expired sessions were last dropped, in seconds since 1970. */
  sweptAt: number;
}

/**
 * The most sessions, and the most characters of their tokens: five hundred typical sessions have
 * 2.1 million. When the cache is full, it drops the least recently used sessions. Each of these
 * bytes costs about four of resident memory, because V8 lets its heap grow to four times what is in
 * use. See docs/performance.md.
 */
const MAX_SESSIONS = 500;
const MAX_CHARACTERS = 2_500_000;
/** Sessions whose tokens have expired are dropped this often, in seconds. */
const SWEEP_EVERY = 60;

/** Creates an empty cache. */
export function emptySessionCache(): SessionCache {
  return { sessions: new Map(), characters: 0, sweptAt: 0 };
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
