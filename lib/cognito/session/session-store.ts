import { type CookieJar, getIronSession } from 'iron-session';
import { isPacked, type Packed, pack, unpack, whatIsTooLarge } from '../packing/pack';
import type { CognitoConfig } from '../protocol/cognito-config';
import { CognitoError } from '../protocol/errors';
import { cookieName } from './cookies';
import { createIdleTimeout, type IdleTimeout } from './idle-timeout';
import { type Session, timesOf } from './session';
import { cacheKey, deleteCached, getCached, type SessionCache, setCached } from './session-cache';
import { createSignOutMarker } from './sign-out-marker';

/** Where a browser's session is kept: sealed in its cookies. */
export interface SessionStore {
  /**
   * Reads the session; its tokens are not yet verified. Null for none, and for anything that is not whole
   * and current: malformed, truncated, mixed, foreign, expired, idle for too long, signed out.
   */
  readonly read: (jar: CookieJar) => Promise<Session | null>;
  /** Seals a verified session, in place of what was there. Throws `session_too_large`. */
  readonly write: (jar: CookieJar, session: Session) => Promise<void>;
  /** The same after a sign-in: from now on no earlier session of this browser counts. */
  readonly begin: (jar: CookieJar, session: Session) => Promise<void>;
  /** Deletes the session, and remembers in the browser that it signed out. */
  readonly end: (jar: CookieJar, session: Session | null) => Promise<void>;
  /** Takes the session out of this process's cache: its browser signs out. */
  readonly forget: (jar: CookieJar) => void;
  /** Whether a cookie of this name is the session's, or one of its chunks. */
  readonly owns: (name: string) => boolean;
  readonly idle: IdleTimeout;
}

/**
 * The most a session's plain text may have, in bytes. Sealed, and with the names of its cookies, that is less
 * than 7,500: proxies commonly take 8 kB of request headers, nginx in one line, and a browser whose requests
 * are refused there could not even sign out.
 */
const MAX_PLAIN = 5350;

/** The sealed form: the packed tokens and the two times, under short names because names cost bytes. */
export interface Sealed {
  t: Packed;
  s: number;
  r: number;
}

/**
 * Creates the session store of a site.
 *
 * @param config its cookies' names, secret and lifetimes
 * @param now a clock, in seconds since 1970
 * @param cache of the sessions that this process opened before; without it each one is opened
 */
export function createSessionStore(
  config: CognitoConfig,
  now: () => number,
  cache?: SessionCache,
): SessionStore {
  const whole = cookieName(config, 'session');
  const marker = createSignOutMarker(config, now);
  const idle = createIdleTimeout(config, now);
  const remainingLife = (signedInAt: number) =>
    Math.floor(signedInAt + config.sessionLifetime - now());
  // A usual session fits in one cookie; one with many groups or long attributes needs two. The cookies'
  // attributes are the jar's.
  const options = { cookieName: whole, chunk: true, password: config.sessionSecret };
  const open = (jar: CookieJar, ttl: number) => getIronSession<Sealed>(jar, { ...options, ttl });

  async function write(jar: CookieJar, session: Session): Promise<void> {
    const sealed = await open(jar, Math.max(remainingLife(session.signedInAt), 1));
    // What an older version of this file left there would be sealed along.
    for (const member of Object.keys(sealed)) Reflect.deleteProperty(sealed, member);
    Object.assign(sealed, plainForm(session));
    const size = new TextEncoder().encode(JSON.stringify(sealed)).length;
    if (size > MAX_PLAIN) {
      throw new CognitoError('session_too_large', whatIsTooLarge(session, size, MAX_PLAIN));
    }
    await sealed.save();
  }

  return {
    async read(jar) {
      const key = cacheKey(config, jar);
      if (key === undefined) return null;
      const cached = cache && getCached(cache, key, now());
      const session = cached ?? fromSealed(await open(jar, config.sessionLifetime));
      if (!session || remainingLife(session.signedInAt) <= 0) return null;
      if (marker.isSignedOut(jar, session.signedInAt)) return null;
      if (await idle.isIdle(jar, session)) return null;
      if (cache && !cached) setCached(cache, key, session);
      return session;
    },
    write,
    async begin(jar, session) {
      marker.signIn(jar, session.signedInAt);
      await write(jar, session);
    },
    async end(jar, session) {
      marker.signOut(jar, session?.signedInAt);
      (await open(jar, config.sessionLifetime)).destroy();
    },
    forget(jar) {
      const key = cacheKey(config, jar);
      if (cache && key !== undefined) deleteCached(cache, key);
    },
    owns: (name) => isSessionCookie(config, name),
    idle,
  };
}

/**
 * Whether a cookie is the session's or one of its chunks.
 *
 * @param config its cookies' names
 * @param name of a cookie
 */
export function isSessionCookie(config: CognitoConfig, name: string): boolean {
  const whole = cookieName(config, 'session');
  return name === whole || name.startsWith(`${whole}.`);
}

/**
 * What is sealed: the demo shows where the bytes of the cookie go.
 *
 * @param session any
 * @returns the packed tokens and the two times; as secret as the tokens are
 */
export function plainForm(session: Session): Sealed {
  return { t: pack(session), s: session.signedInAt, r: session.receivedAt };
}

function fromSealed({ t: tokens, s: signedInAt, r: receivedAt }: Partial<Sealed>): Session | null {
  if (!isPacked(tokens)) return null;
  if (typeof signedInAt !== 'number' || typeof receivedAt !== 'number') return null;
  const unpacked = unpack(tokens);
  if (!unpacked) return null;
  const session = Object.freeze({ ...unpacked, signedInAt, receivedAt });
  try {
    // Code that reads the times of a session may rely on its tokens being JWTs.
    timesOf(session);
    return session;
  } catch {
    return null;
  }
}
