import type { AppClient } from '../protocol/app-client';
import { toUser, type User } from '../protocol/claims';
import { CognitoError } from '../protocol/errors';
import { UNKNOWN_KEY } from '../protocol/keys';
import { type VerifiedTokens, verifyTokens } from '../protocol/verify';
import { isRefreshDue, type Refresher } from './refresh';
import { type Session, tokenTime } from './session';

/** A session whose tokens are verified. */
export interface LiveSession {
  readonly state: 'live';
  readonly user: User;
  readonly claims: VerifiedTokens;
  readonly session: Session;
  /** The session is a new one and must be written. */
  readonly renewed: boolean;
}

/** What a request's session turns out to be, once verified. */
export type SessionState =
  | LiveSession
  | { readonly state: 'none' }
  /** The user pool refused its refresh token: over, or replaced by a refresh in another instance. */
  | { readonly state: 'ended'; readonly session: Session }
  /** Expired, and cannot be refreshed or verified right now. Not signed out. */
  | { readonly state: 'unavailable'; readonly error: CognitoError };

/** Tokens of before must live this many seconds more: the page verifies them once again. */
const MARGIN = 2;

/**
 * Verifies a session as it is, without a refresh.
 *
 * @param client the app client
 * @param session from `readSession`
 * @param margin how many seconds longer its tokens must live, 0 by default; negative for how long they
 *   may be over
 * @returns `live`, `unavailable` if its tokens are expired or the keys cannot be had, else `none`
 */
export async function verifySession(
  client: AppClient,
  session: Session,
  margin = 0,
): Promise<SessionState> {
  try {
    const claims = await verifyTokens(client, session, tokenTime(session, client.now() + margin));
    return { state: 'live', user: toUser(claims.id), claims, session, renewed: false };
  } catch (error) {
    if (!(error instanceof CognitoError)) return { state: 'none' };
    const later = error.code === 'keys_unavailable' || error.detail === 'exp';
    return later ? { state: 'unavailable', error } : { state: 'none' };
  }
}

/**
 * Verifies a session, and refreshes it first where that is due.
 *
 * @param client the app client
 * @param refresher from `createRefresher`
 * @param session from `readSession`, or null
 * @param force refresh although it is not due: the person asked for it
 */
export async function resolveSession(
  client: AppClient,
  refresher: Refresher,
  session: Session | null,
  force = false,
): Promise<SessionState> {
  if (!session) return { state: 'none' };
  if (!force && !isRefreshDue(session, client.now())) {
    const state = await verifySession(client, session);
    // A session of ours whose tokens no longer verify is refreshed too: the pool's keys were replaced.
    if (state.state !== 'none' && !isKeyGone(state)) return state;
  }
  const outcome = await refresher.refresh(session);
  if (outcome.state === 'refreshed') {
    const { claims } = outcome;
    return { ...outcome, state: 'live', user: toUser(claims.id), renewed: true };
  }
  if (outcome.state === 'ended' && force) return { state: 'ended', session };
  // Due is not expired: the tokens of before may still have a minute, though not after a long wait.
  // That also spares a request that lost a race, whose `invalid_grant` only says that another one
  // has the new tokens.
  const before = await verifySession(client, session, MARGIN);
  if (before.state === 'live') return before;
  return outcome.state === 'ended' ? { state: 'ended', session } : outcome;
}

/** Its key was known when we sealed it: only that of a stranger's token may turn up in a moment. */
function isKeyGone(state: SessionState): boolean {
  return state.state === 'unavailable' && state.error.detail === UNKNOWN_KEY;
}

/**
 * How long ago the person signed in on the hosted UI. A refresh does not change it.
 *
 * @param state a live session
 * @param now seconds since 1970
 * @returns seconds; infinite if the token does not say
 */
export function signInAge({ claims, session }: LiveSession, now: number): number {
  const { auth_time: authTime } = claims.id;
  if (typeof authTime !== 'number') return Number.POSITIVE_INFINITY;
  return tokenTime(session, now) - authTime;
}
