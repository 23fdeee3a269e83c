import type { AppClient } from '../protocol/app-client';
import { toUser, type User, type VerifiedTokens } from '../protocol/claims';
import { CognitoError } from '../protocol/errors';
import { isUnknownKey, verifyTokens } from '../protocol/verify';
import type { Refresher } from './refresh';
import { isRefreshDue, type Session, tokenTime } from './session';

/** A session whose tokens are verified. */
export interface SignedIn {
  readonly state: 'signed-in';
  readonly user: User;
  readonly claims: VerifiedTokens;
  readonly session: Session;
  /** How long ago the person signed in on the hosted UI, in seconds; infinite if the token does not say. */
  readonly signInAge: number;
  /** The session was refreshed and must be written. */
  readonly renewed: boolean;
}

/** What a request's session turns out to be, once verified. */
export type SessionStatus =
  | SignedIn
  | { readonly state: 'signed-out' }
  /** The user pool refused its refresh token: expired, revoked, or replaced by another instance. */
  | { readonly state: 'ended'; readonly session: Session }
  /** Its tokens have expired or cannot be verified, and cannot be refreshed right now. Not signed out. */
  | { readonly state: 'unavailable'; readonly error: CognitoError };

/** The old tokens must be valid for this many seconds more, because the page verifies them again. */
const MARGIN_SECONDS = 2;

/**
 * Verifies a session as it is, without a refresh.
 *
 * @param client the app client
 * @param session from `SessionStore.read`
 * @param toleranceSeconds how long ago its tokens may have expired, 0 by default; negative for how much longer
 *   they must be valid
 * @returns `signed-in`; `unavailable` if its tokens have expired or the keys are unavailable; else `signed-out`
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
 * Verifies a session, and refreshes it first where that is due.
 *
 * @param client the app client
 * @param refresher from `createRefresher`
 * @param session from `SessionStore.read`, or null
 * @param force refresh even though it is not due: the person asked for it
 */
export async function resolveSession(
  client: AppClient,
  refresher: Refresher,
  session: Session | null,
  force = false,
): Promise<SessionStatus> {
  if (!session) return { state: 'signed-out' };
  if (!force && !isRefreshDue(session, client.now())) {
    const status = await verifySession(client, session);
    // A sealed session whose tokens no longer verify is refreshed too: the user pool's keys were replaced.
    const keyGone = status.state === 'unavailable' && isUnknownKey(status.error);
    if (status.state !== 'signed-out' && !keyGone) return status;
  }
  const outcome = await refresher.refresh(session);
  if (outcome.state === 'refreshed') return signedIn(client, { ...outcome, renewed: true });
  if (outcome.state === 'ended' && force) return { state: 'ended', session };
  // Due is not expired: the old tokens may still have a minute, though not after a long wait. That also spares
  // a request that lost a race: its `invalid_grant` only says that another one has the new tokens.
  const old = await verifySession(client, session, -MARGIN_SECONDS);
  if (old.state === 'signed-in') return old;
  return outcome.state === 'ended' ? { state: 'ended', session } : outcome;
}

type Found = Pick<SignedIn, 'session' | 'claims' | 'renewed'>;

function signedIn(client: AppClient, found: Found): SignedIn {
  const { session, claims } = found;
  // A refresh does not change it.
  const { auth_time: authTime } = claims.id;
  const now = tokenTime(session, client.now());
  const signInAge = typeof authTime === 'number' ? now - authTime : Number.POSITIVE_INFINITY;
  return { ...found, state: 'signed-in', user: toUser(claims.id), signInAge };
}
