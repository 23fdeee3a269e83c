import { type CookieJar, sealData, unsealData } from 'iron-session';
import type { CognitoConfig } from '../config/parse-config';
import { cookieName, cookieOptions } from './cookies';

/**
 * When somebody was last here, for `SESSION_IDLE`. It has a cookie of its own: written into the
 * session, a page view would put an older session over one that was refreshed beside it.
 */
const NAME = 'seen';

/** The cookie is written anew after this part of the idle time, and not on every view. */
const PART = 10;

/** The sealed form: which session, and when, in seconds since 1970. */
interface Seen {
  signedInAt?: unknown;
  at?: unknown;
}

/** What the cookie of a session has said, for as long as it is the same: each view asks several times. */
const known = new WeakMap<object, { readonly seal: string; readonly at: number }>();

/**
 * When a session was last used.
 *
 * @param config names the cookie and holds the secret
 * @param jar the request's cookies
 * @param session its last refresh counts as well
 * @returns seconds since 1970
 */
export async function lastActivity(
  config: CognitoConfig,
  jar: CookieJar,
  session: { signedInAt: number; receivedAt: number },
): Promise<number> {
  const seal = jar.read(cookieName(config, NAME));
  if (!seal) return session.receivedAt;
  const before = known.get(session);
  if (before?.seal === seal) return before.at;
  const { signedInAt, at } = await unsealData<Seen>(seal, sealOptions(config));
  const ours = signedInAt === session.signedInAt && typeof at === 'number';
  const last = ours ? Math.max(at, session.receivedAt) : session.receivedAt;
  known.set(session, { seal, at: last });
  return last;
}

/**
 * Remembers that a session is in use. Writes nothing where no idle time is set.
 *
 * @param config names the cookie and holds the secret
 * @param jar the request's cookies
 * @param session as it is now
 * @param now seconds since 1970
 */
export async function noteActivity(
  config: CognitoConfig,
  jar: CookieJar,
  session: { signedInAt: number; receivedAt: number },
  now: number,
): Promise<void> {
  if (config.sessionIdle === undefined) return;
  if (now - (await lastActivity(config, jar, session)) < config.sessionIdle / PART) return;
  const seen = { signedInAt: session.signedInAt, at: Math.floor(now) } satisfies Seen;
  const seal = await sealData(seen, sealOptions(config));
  const options = { ...cookieOptions(config), maxAge: config.sessionIdle };
  jar.write(cookieName(config, NAME), seal, options);
}

function sealOptions({ sessionSecret, sessionIdle = 0 }: CognitoConfig) {
  const password = typeof sessionSecret === 'string' ? sessionSecret : { ...sessionSecret };
  return { password, ttl: sessionIdle };
}
