import { type CookieJar, getIronSession, type SessionOptions } from 'iron-session';
import { decodeJwt } from 'jose';
import type { CognitoConfig } from '../protocol/config';
import { CognitoError } from '../protocol/errors';
import type { TokenSet } from '../protocol/tokens';
import { CLOCK_DIFFERENCE } from '../protocol/verify';
import { cookieName, cookieOptions } from './cookies';
import { isPacked, type Packed, pack, unpack } from './pack';

/** What the session cookie holds: the three tokens and two times, nothing derived. */
export interface Session extends TokenSet {
  /** When this browser finished its sign-in, in seconds since 1970. */
  readonly signedInAt: number;
  /** When the ID and access token arrived, in seconds since 1970, by our clock. */
  readonly receivedAt: number;
}

/**
 * How long a session lives at most, in seconds: 30 days, the default life of a Cognito refresh
 * token, counted as Cognito counts it, from the sign-in. Change it with the app client's setting.
 */
export const SESSION_LIFETIME = 30 * 24 * 3600;

/**
 * The most a session's plain text may have, in bytes: sealed, some 11,000. Four full cookies would
 * pass as a `Set-Cookie` and then lock the person out: with five attempts and a browser's own
 * headers, Node refuses every request over 16 kB, a sign-out too.
 */
const MAX_PLAIN = 8000;

/** How long a token may be on its way to us, in seconds. */
const SLOW_ANSWER = 10;

/** The sealed form. */
interface Sealed {
  tokens: Packed;
  signedInAt: number;
  receivedAt: number;
}

/**
 * Reads the session cookie.
 *
 * @param config names the cookie and holds the secret
 * @param jar the request's cookies
 * @param now seconds since 1970
 * @returns the session, tokens not yet verified; null for none, and for anything that is not a
 *   whole and living session of ours: malformed, truncated, mixed, foreign, over
 */
export async function readSession(
  config: CognitoConfig,
  jar: CookieJar,
  now: number,
): Promise<Session | null> {
  const { tokens, signedInAt, receivedAt } = await getIronSession<Sealed>(
    jar,
    sessionOptions(config, SESSION_LIFETIME),
  );
  if (!isPacked(tokens)) return null;
  if (typeof signedInAt !== 'number' || typeof receivedAt !== 'number') return null;
  if (remainingLife(signedInAt, now) <= 0) return null;
  const unpacked = unpack(tokens);
  if (!unpacked || !isReadable(unpacked)) return null;
  return { ...unpacked, signedInAt, receivedAt };
}

/**
 * Seals a session into its cookie, or its chunks; whatever was there before is gone.
 *
 * @param config names the cookie and holds the secret
 * @param jar the request's cookies, which says what must be cleared
 * @param session verified
 * @param now seconds since 1970
 * @throws CognitoError `session_too_large` if it does not fit into its cookies
 */
export async function writeSession(
  config: CognitoConfig,
  jar: CookieJar,
  session: Session,
  now: number,
): Promise<void> {
  const { signedInAt, receivedAt } = session;
  const options = sessionOptions(config, Math.max(remainingLife(signedInAt, now), 1));
  const sealed = await getIronSession<Sealed>(jar, options);
  Object.assign(sealed, { tokens: pack(session), signedInAt, receivedAt });
  const size = new TextEncoder().encode(JSON.stringify(sealed)).length;
  if (size > MAX_PLAIN) throw new CognitoError('session_too_large', `${size} bytes`);
  try {
    await sealed.save();
  } catch (cause) {
    throw new CognitoError('session_too_large', undefined, { cause });
  }
}

/**
 * Deletes the session cookie and its chunks, with the attributes that they were set with.
 *
 * @param config names the cookie
 * @param jar the request's cookies
 */
export async function clearSession(config: CognitoConfig, jar: CookieJar): Promise<void> {
  const session = await getIronSession<Sealed>(jar, sessionOptions(config, SESSION_LIFETIME));
  session.destroy();
}

/** Whether a cookie is the session's or one of its chunks. */
export function isSessionCookie(config: CognitoConfig, name: string): boolean {
  const whole = cookieName(config, 'session');
  return name === whole || name.startsWith(`${whole}.`);
}

/**
 * The time by which a session's tokens are judged: ours, corrected by how far our clock was from
 * the user pool's when the tokens arrived. So a clock that is some minutes off neither refreshes
 * on every request nor lets a token live longer.
 *
 * @param session its access token's `iat` is the user pool's clock, `receivedAt` ours
 * @param now seconds since 1970, by our clock
 * @returns seconds since 1970, by the user pool's clock; corrected by five minutes at most
 */
export function tokenTime(session: Session, now: number): number {
  const issuedAt = decodeJwt(session.accessToken).iat ?? session.receivedAt;
  const ahead = session.receivedAt - issuedAt;
  // A slow answer and rounded seconds are no difference between clocks.
  if (Math.abs(ahead) <= SLOW_ANSWER) return now;
  return now - Math.min(Math.max(ahead, -CLOCK_DIFFERENCE), CLOCK_DIFFERENCE);
}

/** Whatever reads the times of a session may rely on its tokens being JWTs. */
function isReadable({ idToken, accessToken }: TokenSet): boolean {
  try {
    decodeJwt(idToken);
    decodeJwt(accessToken);
    return true;
  } catch {
    return false;
  }
}

function remainingLife(signedInAt: number, now: number): number {
  return Math.floor(signedInAt + SESSION_LIFETIME - now);
}

function sessionOptions(config: CognitoConfig, ttl: number): SessionOptions {
  return {
    cookieName: cookieName(config, 'session'),
    // A session is bigger than one cookie: 1.1 kB ID + 1.1 kB access + 1.7 kB refresh token.
    chunk: true,
    password:
      typeof config.sessionSecret === 'string' ? config.sessionSecret : { ...config.sessionSecret },
    ttl,
    cookieOptions: cookieOptions(config),
  };
}
