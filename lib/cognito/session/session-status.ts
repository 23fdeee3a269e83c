import type { CookieJar } from 'iron-session';
import type { AppClient } from '../protocol/app-client';
import { signInAge, toUser, type User, type VerifiedTokens } from '../protocol/claims';
import { CognitoError } from '../protocol/errors';
import { isUnknownKey, verifyTokens } from '../protocol/verify';
import type { Refresher } from './refresh';
import { isRefreshDue, type Session, tokenTime } from './session';
import type { SessionStore } from './session-store';

/** A session whose tokens are verified. */
export interface SignedIn {
  readonly state: 'signed-in';
  readonly user: User;
  readonly claims: VerifiedTokens;
  readonly session: Session;
  /**
   * How long ago the user signed in on the hosted UI, in seconds; `Infinity` if that is unknown.
   */
  readonly signInAge: number;
  /** Whether the session was refreshed and must be written. */
  readonly renewed: boolean;
}

/** The result of verifying a request's session. */
export type SessionStatus =
  | SignedIn
  | { readonly state: 'signed-out' }
  /**
   * The user pool refused the refresh token: expired, revoked, or already used by another instance.
   */
  | { readonly state: 'ended'; readonly session: Session }
  /** The tokens can't be verified or refreshed right now, but the user is not signed out. */
  | { readonly state: 'unavailable'; readonly error: CognitoError };

/** For how long after a refresh the user gets no other one on request, in seconds. */
const PAUSE = 30;
/** How much longer old tokens must be valid, in seconds, because the page verifies them again. */
const MARGIN_SECONDS = 2;

/**
 * Verifies a session without refreshing it.
 *
 * @param client the app client
 * @param session from `SessionStore.read`
 * @param toleranceSeconds how long ago the tokens may have expired, 0 by default; a negative value
 *   means how much longer they must be valid
 * @returns `signed-in`; `unavailable` if the tokens have expired or the keys aren't available;
 *   otherwise `signed-out`
 */
export async function verifySession(
  client: AppClient,
  session: Session,
  toleranceSeconds = 0,
): Promise<SessionStatus> {
  try {
    const at = tokenTime(session, client.now() - toleranceSeconds);
    const claims = await verifyTokens(client, session, at);
    return signedIn(client, { session, claims, renewed: false });
  } catch (error) {
    if (!(error instanceof CognitoError)) return { state: 'signed-out' };
    const later = error.code === 'keys_unavailable' || error.detail === 'exp';
    return later ? { state: 'unavailable', error } : { state: 'signed-out' };
  }
}

/**
 * Verifies a session, and refreshes it first if a refresh is due.
 *
 * @param client the app client
 * @param refresher from `createRefresher`
 * @param session from `SessionStore.read`, or null
 * @param force refreshes the session even if no refresh is due, because the user wants it; not if
 *   it was refreshed within half a minute, so that no user exhausts the user pool's quota
 * @returns the status; with `renewed` if the session was refreshed
 */
export async function resolveSession(
  client: AppClient,
  refresher: Refresher,
  session: Session | null,
  force = false,
): Promise<SessionStatus> {
  if (!session) return { state: 'signed-out' };
  const { signedInAt, receivedAt } = session;
  const isNew = receivedAt > signedInAt && client.now() - receivedAt < PAUSE;
  if ((!force || isNew) && !isRefreshDue(session, client.now())) {
    const status = await verifySession(client, session);
    // Also refresh a session whose tokens no longer verify: the user pool may have replaced its
    // keys.
    const keyGone = status.state === 'unavailable' && isUnknownKey(status.error);
    if (status.state !== 'signed-out' && !keyGone) return status;
  }
  const outcome = await refresher.refresh(session);
  if (outcome.state === 'refreshed') return signedIn(client, { ...outcome, renewed: true });
  if (outcome.state === 'ended' && force) return { state: 'ended', session };
  // A refresh is due before the tokens expire, so the old tokens may still be valid. This also
  // helps a request that lost a refresh race: its `invalid_grant` only means that another got the
  // new tokens.
  const old = await verifySession(client, session, -MARGIN_SECONDS);
  if (old.state === 'signed-in') return old;
  return outcome.state === 'ended' ? { state: 'ended', session } : outcome;
}

/**
 * Reads a session that is about to end, and makes this process forget what it remembers of its
 * sign-in: a copy of an older cookie must not bring it back.
 *
 * @param site the site's sessions and refresher
 * @param jar the cookies of the request that ends the session
 * @param everywhere whether all sessions of the user end
 * @returns the session, or null
 */
export async function forgetSession(
  { sessions, refresher }: { sessions: SessionStore; refresher: Refresher },
  jar: CookieJar,
  everywhere = false,
): Promise<Session | null> {
  const session = await sessions.read(jar);
  if (!session) return null;
  sessions.forget(session);
  refresher.distrust(session, everywhere);
  return session;
}

type Found = Pick<SignedIn, 'session' | 'claims' | 'renewed'>;

function signedIn(client: AppClient, found: Found): SignedIn {
  const { session, claims } = found;
  const age = signInAge(claims.id, tokenTime(session, client.now()));
  return { ...found, state: 'signed-in', user: toUser(claims.id), signInAge: age };
}
