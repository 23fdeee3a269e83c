import { type CookieJar, sealData, unsealData } from 'iron-session';
import type { CognitoConfig } from '../protocol/cognito-config';
import { cookieName } from './cookies';
import type { Session } from './session';

/**
 * When somebody was last here, for `SESSION_IDLE`. It has a cookie of its own: written into the session, a
 * page view would put an older session over one that another request refreshed.
 */
const NAME = 'seen';
/** The cookie is written again after this part of the idle time, not on every view. */
const PART = 10;
/** Visitors are told of the end of a session this many seconds ahead, or a tenth of its lifetime if less. */
const ANNOUNCED_AHEAD = 600;

/** The sealed form: which session, and when, in seconds since 1970. */
interface Seen {
  signedInAt?: unknown;
  at?: unknown;
}

/** When a session ends, in seconds since 1970, whatever happens to its tokens. */
export interface SessionEnd {
  readonly endsAt: number;
  /** `idle`: every request extends it. `lifetime`: it takes a new sign-in. */
  readonly endsBy: 'lifetime' | 'idle';
  /** From here on the visitor should be told. */
  readonly endsSoonFrom: number;
}

type Times = Pick<Session, 'signedInAt' | 'receivedAt'>;

/** What ends a session that nobody uses. */
export interface IdleTimeout {
  /** Whether the session has gone unused for longer than `SESSION_IDLE`. */
  readonly isIdle: (jar: CookieJar, session: Times) => Promise<boolean>;
  /** Remembers that the session is in use. Writes nothing where no idle time is set. */
  readonly note: (jar: CookieJar, session: Times) => Promise<void>;
  /** When the session will end: by its lifetime, or earlier if nobody uses it any more. */
  readonly endOf: (jar: CookieJar, session: Times) => Promise<SessionEnd>;
}

/** What a session's cookie said, for as long as it is the same one: each view asks several times. */
const known = new WeakMap<object, { readonly seal: string; readonly at: number }>();

/**
 * Creates the idle time-out of a site.
 *
 * @param config the cookie's name and secret, `sessionLifetime` and `sessionIdle` in seconds
 * @param now a clock, in seconds since 1970
 */
export function createIdleTimeout(config: CognitoConfig, now: () => number): IdleTimeout {
  const { sessionIdle, sessionLifetime, sessionSecret: password } = config;
  const name = cookieName(config, NAME);
  const sealOptions = { password, ttl: sessionIdle ?? 0 };

  /** In seconds since 1970; a refresh counts as activity. */
  async function lastActivity(jar: CookieJar, session: Times): Promise<number> {
    const seal = jar.read(name);
    if (!seal) return session.receivedAt;
    const before = known.get(session);
    if (before?.seal === seal) return before.at;
    const { signedInAt, at } = await unsealData<Seen>(seal, sealOptions);
    const ours = signedInAt === session.signedInAt && typeof at === 'number';
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
      const seen = { signedInAt: session.signedInAt, at: Math.floor(now()) } satisfies Seen;
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
