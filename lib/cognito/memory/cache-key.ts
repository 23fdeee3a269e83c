import type { CookieJar } from 'iron-session';
import { cookieNames } from '../packing/sealed-cookies';
import type { CognitoConfig } from '../protocol/cognito-config';
import { cookieName } from '../session/cookies';

/** Stands for everything that decides what cookies open to: shorter than they are, and as secret. */
export interface CacheKey {
  /** The seal's 256-bit MAC and iron-session's version, which only a request with the seal knows. */
  readonly end: string;
  /** The secret, the user pool and the app client. */
  readonly configuration: string;
  /** A hash of all cookies, in two halves. */
  readonly hash: readonly [number, number];
}

/** Taken once: under `next start`, each use of a global in Edge middleware is a slow lookup. */
const { imul } = Math;

/** How many characters at the end of a seal are its MAC and iron-session's version. */
const END = 45;

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
  const cookies = cookieNames(cookieName(config, 'session')).map((name) => jar.read(name) ?? '');
  if (!cookies.some(Boolean)) return undefined;
  const end = cookies
    .map((text) => text.slice(-END))
    .join('')
    .slice(-END);
  return { end, configuration: textOf(config), hash: hashOf(cookies) };
}

/**
 * Tells whether two keys with the same `end` are equal, in constant time for all that a client sends.
 * The configurations are this server's own, so comparing them tells a client nothing.
 *
 * @param one from `cacheKey`
 * @param other from `cacheKey`
 */
export function isSameKey(one: CacheKey, other: CacheKey): boolean {
  if (one.configuration !== other.configuration) return false;
  return ((one.hash[0] ^ other.hash[0]) | (one.hash[1] ^ other.hash[1])) === 0;
}

function textOf(config: CognitoConfig): string {
  const { sessionSecret, issuer, clientId } = config;
  const known = configurations.get(config);
  if (known !== undefined) return known;
  const text = JSON.stringify([sessionSecret, issuer, clientId]);
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
