import { type CookieJar, sealData, unsealData } from 'iron-session';
import type { CognitoConfig } from '../protocol/cognito-config';
import { cookieName } from './cookies';
import { familyOf, type Session } from './session';

/**
 * Creates the functions that read and write the cookie `signed-out`.
 *
 * A sign-out takes precedence over a refresh. A refresh that was running when the user signed out
 * may set its cookies later, from another tab, or from another instance that can't know of the
 * sign-out. So the browser itself remembers it: the cookie contains a time in seconds since 1970,
 * and every read of a session ignores sign-ins before that time. The cookie isn't secret: anyone
 * who can change it could delete the session as well, and the next sign-in corrects it.
 *
 * @param config for the cookie's name and lifetime
 * @param now a clock, in seconds since 1970
 */
export function createSignOutMarker(config: CognitoConfig, now: () => number) {
  const name = cookieName(config, 'signed-out');
  const session = cookieName(config, 'session');
  const write = (jar: CookieJar, second: number) =>
    jar.write(name, String(second), { maxAge: config.sessionLifetime });

  return {
    /**
     * Whether this browser signed out or signed in again after a sign-in, in seconds since 1970.
     */
    isSignedOut(jar: CookieJar, signedInAt: number): boolean {
      const mark = jar.read(name) ?? '';
      return /^\d{1,11}$/.test(mark) && signedInAt < Number(mark);
    },
    /** Records a sign-out, for as long as an earlier session could last. */
    signOut(jar: CookieJar, signedInAt: number | undefined): void {
      // The session may have started in this same second, or on a server whose clock is ahead.
      write(jar, Math.max(Math.floor(now()), (signedInAt ?? 0) + 1));
    },
    /** Moves the time to a new sign-in, so that no earlier session can replace the new one. */
    signIn(jar: CookieJar, signedInAt: number): void {
      const names = jar.names?.() ?? [];
      if (names.some((each) => each === name || each.startsWith(session))) write(jar, signedInAt);
    },
  };
}

/** The cookie is only rewritten after this fraction of the idle time: a tenth. */
const PART = 10;
/**
 * How long before a session ends to warn the visitor, in seconds; at most a tenth of its lifetime.
 */
const ANNOUNCED_AHEAD = 600;

/** The sealed form: the sign-in it belongs to, and its last activity in seconds since 1970. */
interface Seen {
  of?: unknown;
  at?: unknown;
}

/** When a session ends, in seconds since 1970, even if its tokens can still be refreshed. */
export interface SessionEnd {
  readonly endsAt: number;
  /** `idle`: each request extends the session. `lifetime`: only a new sign-in does. */
  readonly endsBy: 'lifetime' | 'idle';
  /** When to start warning the visitor. */
  readonly endsSoonFrom: number;
}

/** Ends sessions that aren't used. */
export interface IdleTimeout {
  /** Whether the session has been unused for `SESSION_IDLE` or longer. */
  readonly isIdle: (jar: CookieJar, session: Session) => Promise<boolean>;
  /** Records that the session is in use. Does nothing if no idle time is set. */
  readonly note: (jar: CookieJar, session: Session) => Promise<void>;
  /** Returns when the session ends: after its lifetime, or earlier if it stays unused. */
  readonly endOf: (jar: CookieJar, session: Session) => Promise<SessionEnd>;
}

/** Caches each session's unsealed cookie, because a page view needs it several times. */
const known = new WeakMap<object, { readonly seal: string; readonly at: number }>();

/**
 * Creates the idle time-out of a site. The cookie `seen` contains the time of the last activity. If
 * that time were part of the session, a page view could overwrite a session that another request
 * has just refreshed.
 *
 * @param config the cookie's name and secret, `sessionLifetime` and `sessionIdle` in seconds
 * @param now a clock, in seconds since 1970
 */
export function createIdleTimeout(config: CognitoConfig, now: () => number): IdleTimeout {
  const { sessionIdle, sessionLifetime, sessionSecret: password } = config;
  const name = cookieName(config, 'seen');
  const sealOptions = { password, ttl: sessionIdle ?? 0 };

  /** In seconds since 1970; a refresh counts as activity. */
  async function lastActivity(jar: CookieJar, session: Session): Promise<number> {
    const seal = jar.read(name);
    if (!seal) return session.receivedAt;
    const before = known.get(session);
    if (before?.seal === seal) return before.at;
    const { of, at } = await unsealData<Seen>(seal, sealOptions);
    const ours = of === familyOf(session) && typeof at === 'number';
    const last = ours ? Math.max(at, session.receivedAt) : session.receivedAt;
    known.set(session, { seal, at: last });
    return last;
  }

  return {
    async isIdle(jar, session) {
      if (sessionIdle === undefined) return false;
      return now() - (await lastActivity(jar, session)) >= sessionIdle;
    },
    async note(jar, session) {
      if (sessionIdle === undefined) return;
      if (now() - (await lastActivity(jar, session)) < sessionIdle / PART) return;
      const seen = { of: familyOf(session), at: Math.floor(now()) } satisfies Seen;
      jar.write(name, await sealData(seen, sealOptions), { maxAge: sessionIdle });
    },
    async endOf(jar, session) {
      const byLifetime = session.signedInAt + sessionLifetime;
      if (sessionIdle === undefined) return end(byLifetime, 'lifetime', sessionLifetime);
      const byIdle = (await lastActivity(jar, session)) + sessionIdle;
      if (byIdle < byLifetime) return end(byIdle, 'idle', sessionIdle);
      return end(byLifetime, 'lifetime', sessionLifetime);
    },
  };
}

function end(endsAt: number, endsBy: SessionEnd['endsBy'], life: number): SessionEnd {
  return { endsAt, endsBy, endsSoonFrom: endsAt - Math.min(ANNOUNCED_AHEAD, life / 10) };
}
