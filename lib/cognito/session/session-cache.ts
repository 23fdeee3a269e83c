import type { CookieJar } from 'iron-session';
import type { CognitoConfig } from '../config/parse-config';
import { cookieName } from './cookies';
import type { Session } from './session';
import { timesOf } from './token-times';

interface Remembered {
  readonly key: string;
  readonly end: string;
  readonly session: Session;
}

/**
 * The sessions that a process has opened lately. To open a seal and parse what is in it costs as much
 * as a small page; the same cookie always opens to the same session, so it is opened once.
 *
 * What changes without the cookie is asked anew for each request: whether the session is over, signed
 * out or idle (`readSession`), and whether its tokens hold (`verifyTokens`).
 *
 * Plain data, so that several instances of this code in one process can share it.
 */
export interface SessionCache {
  /** By the end of their keys; the one used last stands last. */
  readonly sessions: Map<string, Remembered>;
  /** Of all their tokens and keys together. */
  characters: number;
  /** When those that are over were last dropped, in seconds since 1970. */
  sweptAt: number;
}

/**
 * At most this many sessions, and this many characters of their tokens and of the cookies that they are
 * known by: a thousand usual ones have 8.5 million. Whoever comes back after so many others is opened
 * once more.
 */
const MAX_SESSIONS = 1000;
const MAX_CHARACTERS = 8_500_000;
/** Sessions whose tokens are over are dropped this often, in seconds. */
const SWEEP_EVERY = 60;
/** iron-session's limit. */
const MAX_CHUNKS = 4;

/** A memory that holds nothing yet. */
export function emptySessionCache(): SessionCache {
  return { sessions: new Map(), characters: 0, sweptAt: 0 };
}

/**
 * What a session is remembered by: all that decides what its cookies open to, the secret as well, so
 * that nothing is found that this configuration could not open by itself.
 *
 * It is no hash: Web Crypto hands each one to another thread, which takes longer than the rest of a
 * look-up together (docs/performance.md).
 *
 * @param config names the cookie and holds the secret
 * @param jar the request's cookies
 * @returns as secret as the session; undefined if there is no session cookie at all
 */
export function memoryKey(config: CognitoConfig, jar: CookieJar): string | undefined {
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
 * The end of a key is the end of a seal: its 256-bit MAC, and iron-session's version. To find something
 * by it one must have the seal; the rest is compared in a time that does not depend on it.
 */
const END = 45;

function find(memory: SessionCache, key: string): Remembered | undefined {
  const found = memory.sessions.get(key.slice(-END));
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
 * @param memory of this process
 * @param key from `memoryKey`
 * @param now seconds since 1970
 */
export function recallSession(memory: SessionCache, key: string, now: number): Session | undefined {
  // Also after a clock that was far ahead has been put right.
  if (Math.abs(now - memory.sweptAt) >= SWEEP_EVERY) sweep(memory, now);
  const found = find(memory, key);
  if (!found) return undefined;
  memory.sessions.delete(found.end);
  memory.sessions.set(found.end, found);
  return found.session;
}

/**
 * Remembers a session; the ones that were not used for longest make room.
 *
 * @param memory of this process
 * @param key from `memoryKey`
 * @param session opened and not over; nobody changes it any more
 */
export function keepSession(memory: SessionCache, key: string, session: Session): void {
  const end = key.slice(-END);
  forget(memory, end);
  const remembered = { key, end, session };
  memory.sessions.set(end, remembered);
  memory.characters += charactersOf(remembered);
  for (const oldest of memory.sessions.keys()) {
    const fits = memory.sessions.size <= MAX_SESSIONS && memory.characters <= MAX_CHARACTERS;
    if (fits) return;
    forget(memory, oldest);
  }
}

function forget(memory: SessionCache, end: string): void {
  const remembered = memory.sessions.get(end);
  if (!remembered) return;
  memory.sessions.delete(end);
  memory.characters -= charactersOf(remembered);
}

/**
 * Forgets the session of a browser that signs out.
 *
 * @param memory of this process
 * @param config names the cookie and holds the secret
 * @param jar the request's cookies
 */
export function forgetCookie(memory: SessionCache, config: CognitoConfig, jar: CookieJar): void {
  const key = memoryKey(config, jar);
  const found = key === undefined ? undefined : find(memory, key);
  if (found) forget(memory, found.end);
}

/** Tokens that are over are of no more use than the cookie that they are in. */
function sweep(memory: SessionCache, now: number): void {
  memory.sweptAt = now;
  for (const [end, { session }] of memory.sessions) {
    const { id, access } = timesOf(session);
    if (Math.min(id.exp ?? 0, access.exp ?? 0) <= now) forget(memory, end);
  }
}

/** The key counts as well: beside a seal of a few kilobytes anybody can make up the rest of 16. */
function charactersOf({ key, session }: Remembered): number {
  const { idToken, accessToken, refreshToken } = session;
  return key.length + idToken.length + accessToken.length + refreshToken.length;
}
