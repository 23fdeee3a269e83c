import { decodeJwt } from 'jose';
import type { TokenSet } from '../protocol/tokens';
import { CLOCK_DIFFERENCE, SLOW_ANSWER } from '../protocol/verify';

/** What the session cookie holds: the three tokens and two times, nothing derived. */
export interface Session extends TokenSet {
  /** When this browser finished its sign-in, in seconds since 1970. */
  readonly signedInAt: number;
  /** When the ID and access token arrived, in seconds since 1970, by this server's clock. */
  readonly receivedAt: number;
}

/** When a token was issued and when it expires, in seconds since 1970; undefined if it does not say. */
interface Times {
  readonly iat: number | undefined;
  readonly exp: number | undefined;
}

/** Every request of a session asks for its times, and each answer takes the parse of a token. */
const known = new WeakMap<TokenSet, { id: Times; access: Times }>();

/**
 * The times in a session's ID and access token, parsed once for each object. Nothing is verified.
 *
 * @param tokens an object that nobody changes
 * @returns the times of both
 * @throws what jose throws for text that is not a JWT
 */
export function timesOf(tokens: TokenSet): { id: Times; access: Times } {
  const before = known.get(tokens);
  if (before) return before;
  const times = { id: parse(tokens.idToken), access: parse(tokens.accessToken) };
  known.set(tokens, times);
  return times;
}

function parse(token: string): Times {
  const { iat, exp } = decodeJwt(token);
  return { iat, exp };
}

/** Tokens are refreshed this many seconds before they expire, or a tenth of their lifetime if less. */
const REFRESH_AHEAD = 60;

/**
 * When a session's tokens are due to be refreshed, by the first request after that.
 *
 * @param session its tokens need not be verified: a wrong answer costs a refresh, nothing more
 * @returns seconds since 1970, by the user pool's clock
 */
export function refreshDueAt(session: Session): number {
  const { id, access } = timesOf(session);
  const due = ({ exp = 0, iat = 0 }) => exp - Math.min(REFRESH_AHEAD, (exp - iat) / 10);
  return Math.min(due(id), due(access));
}

/**
 * Tells whether a session's tokens have expired or are about to.
 *
 * @param session its tokens need not be verified
 * @param now seconds since 1970, by this server's clock
 */
export function isRefreshDue(session: Session, now: number): boolean {
  return refreshDueAt(session) <= tokenTime(session, now);
}

/**
 * The time by which a session's tokens are judged: this server's clock, corrected by how far it was from
 * the user pool's when the tokens arrived. So a clock that is some minutes off neither refreshes on every
 * request nor accepts a token for longer.
 *
 * @param session its access token's `iat` is the user pool's clock, `receivedAt` this server's
 * @param now seconds since 1970, by this server's clock
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
 * Whose session it is, for the operator's records. Nothing is verified.
 *
 * @param session its tokens were verified before they were sealed
 * @returns the `sub` of the ID token
 */
export function subjectOf({ idToken }: Pick<Session, 'idToken'>): string | undefined {
  return decodeJwt(idToken).sub;
}
