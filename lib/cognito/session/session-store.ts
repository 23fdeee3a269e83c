import { type CookieJar, getIronSession } from 'iron-session';
import { createHandOver, type HandOver } from '../memory/hand-over';
import {
  cacheKey,
  deleteCached,
  getCached,
  type SessionCache,
  setCached,
} from '../memory/session-cache';
import { fromSealed, plainForm, type Sealed, whatIsTooLarge } from '../packing/pack';
import type { CognitoConfig } from '../protocol/cognito-config';
import { CognitoError } from '../protocol/errors';
import { cookieName } from './cookies';
import type { Session } from './session';
import { createIdleTimeout, createSignOutMarker, type IdleTimeout } from './session-end';

/** Stores a browser's session, sealed in its cookies. */
export interface SessionStore {
  /**
   * Reads the session without verifying its tokens. Returns null if there is no session, and if it
   * is malformed, truncated, mixed from several, sealed elsewhere, expired, idle for too long or
   * signed out. `handed`: what the middleware handed over with these cookies, if anything.
   */
  readonly read: (jar: CookieJar, handed?: string | null) => Promise<Session | null>;
  /**
   * Seals a verified session, replacing the previous one. Throws CognitoError `session_too_large`.
   */
  readonly write: (jar: CookieJar, session: Session) => Promise<void>;
  /** The same after a sign-in. From then on, earlier sessions of this browser are invalid. */
  readonly begin: (jar: CookieJar, session: Session) => Promise<void>;
  /** Deletes the session, and records the sign-out in a cookie. */
  readonly end: (jar: CookieJar, session: Session | null) => Promise<void>;
  /** Removes all sessions of this sign-in from this process's cache, because the user signs out. */
  readonly forget: (session: Session) => void;
  /** Whether a cookie of this name is the session's, or one of its chunks. */
  readonly owns: (name: string) => boolean;
  readonly idle: IdleTimeout;
  readonly handOver: HandOver;
}

/**
 * The maximum size of a session's plain text, in bytes. Sealed, and with the names of its cookies,
 * that is less than 7,500 bytes. Many proxies accept 8 kB of request headers, nginx 8 kB per header
 * line. A browser whose requests a proxy refuses couldn't even sign out.
 */
const MAX_PLAIN = 5350;

/**
 * Creates the session store of a site.
 *
 * @param config for the cookies' names, secret and lifetimes
 * @param now a clock, in seconds since 1970
 * @param cache the sessions that this process has opened before; without it, every read opens the
 *   seal
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
  const handOver = createHandOver(config, now);
  // A typical session fits into one cookie. With many groups or long attributes, it needs two. The
  // jar sets the cookies' attributes.
  const options = { cookieName: whole, chunk: true, password: config.sessionSecret };
  const open = (jar: CookieJar, ttl: number) => getIronSession<Sealed>(jar, { ...options, ttl });

  async function write(jar: CookieJar, session: Session): Promise<void> {
    const sealed = await open(jar, Math.max(remainingLife(session.signedInAt), 1));
    // Otherwise, members from an older version of this file would be sealed again.
    for (const member of Object.keys(sealed)) Reflect.deleteProperty(sealed, member);
    Object.assign(sealed, plainForm(session));
    const size = new TextEncoder().encode(JSON.stringify(sealed)).length;
    if (size > MAX_PLAIN) {
      throw new CognitoError('session_too_large', whatIsTooLarge(session, size, MAX_PLAIN));
    }
    await sealed.save();
  }

  return {
    async read(jar, handed) {
      const key = cacheKey(config, jar);
      if (key === undefined) return null;
      const cached = cache && getCached(cache, key, now());
      const opened = cached ?? (await handOver.take(jar, handed));
      const session = opened ?? fromSealed(await open(jar, config.sessionLifetime));
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
    forget(session) {
      if (cache) deleteCached(cache, session);
    },
    owns: (name) => isSessionCookie(config, name),
    idle,
    handOver,
  };
}

/**
 * Tells whether a cookie is the session's or one of its chunks.
 *
 * @param config for the cookies' names
 * @param name the name of a cookie
 */
export function isSessionCookie(config: CognitoConfig, name: string): boolean {
  const whole = cookieName(config, 'session');
  return name === whole || name.startsWith(`${whole}.`);
}
