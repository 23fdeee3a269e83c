import { decodeJwt } from 'jose';
import { CLOCK_DIFFERENCE } from '../protocol/claims';
import type { TokenSet } from '../protocol/tokens';
import { SLOW_ANSWER } from '../protocol/verify';

/** The content of the session cookie: the three tokens and two times. */
export interface Session extends TokenSet {
  /** When this browser finished its sign-in, in seconds since 1970. */
  readonly signedInAt: number;
  /** When the ID and access tokens arrived, in seconds since 1970, by this server's clock. */
  readonly receivedAt: number;
}

/**
 * When a token was issued and when it expires, in seconds since 1970; undefined without the claim.
 */
interface Times {
  readonly iat: number | undefined;
  readonly exp: number | undefined;
  /** What all tokens of one sign-in have in common. */
  readonly family: string;
}

/**
 * Caches the times, because each request needs them several times and parsing tokens takes time.
 */
const known = new WeakMap<TokenSet, { id: Times; access: Times }>();

/**
 * Returns the times in a session's ID and access tokens, parsed once per object. Nothing is
 * verified.
 *
 * @param tokens an object that doesn't change
 * @returns the times of both
 * @throws jose's error if a token is not a JWT
 */
export function timesOf(tokens: TokenSet): { id: Times; access: Times } {
  const before = known.get(tokens);
  if (before) return before;
  const times = { id: parse(tokens.idToken), access: parse(tokens.accessToken) };
  known.set(tokens, times);
  return times;
}

function parse(token: string): Times {
  const { iat, exp, sub, origin_jti, auth_time } = decodeJwt(token);
  return { iat, exp, family: `${sub} ${origin_jti ?? auth_time}` };
}

/**
 * Identifies the sign-in that a session's tokens come from, which no refresh changes: by
 * `origin_jti`, or by the time of the sign-in where token revocation is off for the app client.
 *
 * @param tokens an object that doesn't change; they were verified before they were sealed
 */
export function familyOf(tokens: TokenSet): string {
  return timesOf(tokens).access.family;
}

/**
 * Tokens are refreshed this many seconds before they expire, or a tenth of their lifetime if less.
 */
const REFRESH_AHEAD = 60;

/**
 * Returns when a session's tokens are due for a refresh, by the first request after that time.
 *
 * @param session its tokens need not be verified: wrong times only cause an extra refresh
 * @returns seconds since 1970, by the user pool's clock
 */
export function refreshDueAt(session: Session): number {
  const { id, access } = timesOf(session);
  const due = ({ exp = 0, iat = 0 }) => exp - Math.min(REFRESH_AHEAD, (exp - iat) / 10);
  return Math.min(due(id), due(access));
}

/**
 * Tells whether a session's tokens have expired or are about to expire.
 *
 * @param session its tokens need not be verified
 * @param now seconds since 1970, by this server's clock
 */
export function isRefreshDue(session: Session, now: number): boolean {
  return refreshDueAt(session) <= tokenTime(session, now);
}

/**
 * Returns the time to verify a session's tokens for: this server's clock, corrected by its
 * difference from the user pool's clock when the tokens arrived. Without that, a clock that is a
 * few minutes wrong would cause a refresh on every request, or accept tokens for too long.
 *
 * @param session its access token's `iat` is by the user pool's clock, `receivedAt` by this
 *   server's
 * @param now seconds since 1970, by this server's clock
 * @returns seconds since 1970, by the user pool's clock; corrected by at most five minutes
 */
export function tokenTime(session: Session, now: number): number {
  const issuedAt = timesOf(session).access.iat ?? session.receivedAt;
  const ahead = session.receivedAt - issuedAt;
  // A small difference comes from a slow response and rounded seconds, not from the clocks.
  if (Math.abs(ahead) <= SLOW_ANSWER) return now;
  return now - Math.min(Math.max(ahead, -CLOCK_DIFFERENCE), CLOCK_DIFFERENCE);
}

/**
 * Returns the user that a session belongs to, for the operator's events. Nothing is verified.
 *
 * @param session its tokens were verified before they were sealed
 * @returns the `sub` of the ID token
 */
export function subjectOf({ idToken }: Pick<Session, 'idToken'>): string | undefined {
  return decodeJwt(idToken).sub;
}
