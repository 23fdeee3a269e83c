import { type CookieJar, getIronSession, type SessionOptions } from 'iron-session';
import { decodeJwt } from 'jose';
import type { CognitoConfig } from '../config/parse-config';
import { isPacked, type Packed, pack, unpack } from '../packing/pack';
import { CognitoError } from '../protocol/errors';
import type { TokenSet } from '../protocol/tokens';
import { CLOCK_DIFFERENCE, SLOW_ANSWER } from '../protocol/verify';
import { cookieName, cookieOptions } from './cookies';
import { lastActivity } from './idle-timeout';
import { keepSession, memoryKey, recallSession, type SessionCache } from './session-cache';
import { isSignedOut } from './sign-out-marker';
import { timesOf } from './token-times';

/** What the session cookie holds: the three tokens and two times, nothing derived. */
export interface Session extends TokenSet {
  /** When this browser finished its sign-in, in seconds since 1970. */
  readonly signedInAt: number;
  /** When the ID and access token arrived, in seconds since 1970, by our clock. */
  readonly receivedAt: number;
}

/**
 * The most a session's plain text may have, in bytes: sealed, and with the names of its cookies, less
 * than 7,500. Proxies commonly take 8 kB of request headers, nginx in one line, and a person whose
 * requests are refused there could not even sign out.
 */
const MAX_PLAIN = 5350;

/** The sealed form: the packed tokens and the two times. Names are paid for, too. */
export interface Sealed {
  t: Packed;
  s: number;
  r: number;
}

/**
 * Reads the session cookie.
 *
 * @param config names the cookie and holds the secret
 * @param jar the request's cookies
 * @param now seconds since 1970
 * @param memory of the sessions that this process has opened before; without it each is opened
 * @returns the session, tokens not yet verified; null for none, and for anything that is not a
 *   whole and living session of ours: malformed, truncated, mixed, foreign, over, signed out
 */
export async function readSession(
  config: CognitoConfig,
  jar: CookieJar,
  now: number,
  memory?: SessionCache,
): Promise<Session | null> {
  const key = memoryKey(config, jar);
  if (key === undefined) return null;
  const known = memory && recallSession(memory, key, now);
  const session = known ?? (await openSession(config, jar));
  if (!session) return null;
  if (remainingLife(config, session.signedInAt, now) <= 0) return null;
  if (isSignedOut(config, jar, session.signedInAt)) return null;
  if (await isIdle(config, jar, session, now)) return null;
  if (memory && !known) keepSession(memory, key, session);
  return session;
}

async function openSession(config: CognitoConfig, jar: CookieJar): Promise<Session | null> {
  const {
    t: tokens,
    s: signedInAt,
    r: receivedAt,
  } = await getIronSession<Sealed>(jar, sessionOptions(config, config.sessionLifetime));
  if (!isPacked(tokens)) return null;
  if (typeof signedInAt !== 'number' || typeof receivedAt !== 'number') return null;
  const unpacked = unpack(tokens);
  if (!unpacked) return null;
  const session = Object.freeze({ ...unpacked, signedInAt, receivedAt });
  return isReadable(session) ? session : null;
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
  const { signedInAt } = session;
  const options = sessionOptions(config, Math.max(remainingLife(config, signedInAt, now), 1));
  const sealed = await getIronSession<Sealed>(jar, options);
  // Whatever an older version of this file has left there would be sealed along.
  for (const member of Object.keys(sealed)) Reflect.deleteProperty(sealed, member);
  Object.assign(sealed, plainForm(session));
  const size = new TextEncoder().encode(JSON.stringify(sealed)).length;
  if (size > MAX_PLAIN) throw new CognitoError('session_too_large', whatIsTooLarge(session, size));
  await sealed.save();
}

/**
 * What is sealed, for who wants to see where the bytes of the cookie go.
 *
 * @param session any
 * @returns the packed tokens and the two times; as secret as the tokens are
 */
export function plainForm(session: Session): Sealed {
  return { t: pack(session), s: session.signedInAt, r: session.receivedAt };
}

/** For the operator: the sizes, and what to do about them. */
function whatIsTooLarge({ idToken, accessToken, refreshToken }: TokenSet, size: number): string {
  const sizes = `ID token ${idToken.length} bytes, access token ${accessToken.length}, refresh token ${refreshToken.length}`;
  const remedy =
    'Take the person out of groups, shorten long attributes, or make fewer of them readable to the app client';
  return `${sizes}; packed ${size} of at most ${MAX_PLAIN}. ${remedy}`;
}

/**
 * Deletes the session cookie and its chunks, with the attributes that they were set with.
 *
 * @param config names the cookie
 * @param jar the request's cookies
 */
export async function clearSession(config: CognitoConfig, jar: CookieJar): Promise<void> {
  const session = await getIronSession<Sealed>(jar, sessionOptions(config, config.sessionLifetime));
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
  const issuedAt = timesOf(session).access.iat ?? session.receivedAt;
  const ahead = session.receivedAt - issuedAt;
  // A slow answer and rounded seconds are no difference between clocks.
  if (Math.abs(ahead) <= SLOW_ANSWER) return now;
  return now - Math.min(Math.max(ahead, -CLOCK_DIFFERENCE), CLOCK_DIFFERENCE);
}

/**
 * Whose session it is, for the operator's records; nothing is verified by it.
 *
 * @param session its tokens were verified, or sealed by us
 * @returns the `sub` of the ID token
 */
export function subjectOf({ idToken }: Pick<Session, 'idToken'>): string | undefined {
  return decodeJwt(idToken).sub;
}

/** Whatever reads the times of a session may rely on its tokens being JWTs. */
function isReadable(tokens: TokenSet): boolean {
  try {
    timesOf(tokens);
    return true;
  } catch {
    return false;
  }
}

function remainingLife(config: CognitoConfig, signedInAt: number, now: number): number {
  return Math.floor(signedInAt + config.sessionLifetime - now);
}

async function isIdle(
  config: CognitoConfig,
  jar: CookieJar,
  session: Pick<Session, 'signedInAt' | 'receivedAt'>,
  now: number,
): Promise<boolean> {
  if (config.sessionIdle === undefined) return false;
  return now - (await lastActivity(config, jar, session)) >= config.sessionIdle;
}

function sessionOptions(config: CognitoConfig, ttl: number): SessionOptions {
  return {
    cookieName: cookieName(config, 'session'),
    // A usual session fits in one cookie; one with many groups or long attributes needs two.
    chunk: true,
    password:
      typeof config.sessionSecret === 'string' ? config.sessionSecret : { ...config.sessionSecret },
    ttl,
    cookieOptions: cookieOptions(config),
  };
}
