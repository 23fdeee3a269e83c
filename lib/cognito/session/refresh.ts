import { decodeJwt } from 'jose';
import type { AppClient } from '../protocol/app-client';
import { CognitoError } from '../protocol/errors';
import { refreshTokens, type TokenSet } from '../protocol/tokens';
import { type VerifiedTokens, verifyTokens } from '../protocol/verify';
import { createFlights } from './flights';
import { createRedeem } from './redeem';
import { type Session, tokenTime } from './session';

/** Late-comers may carry the old cookie for about this long, in seconds. */
const KEEP_SECONDS = 60;
/** At most this many finished refreshes are remembered; each holds about 5 kB. */
const MAX_REMEMBERED = 2000;
/** Tokens are refreshed this many seconds before they expire, or a tenth of their life if less. */
const REFRESH_AHEAD = 60;

export type RefreshOutcome =
  | { readonly state: 'refreshed'; readonly session: Session; readonly claims: VerifiedTokens }
  /** The refresh token is over: the person signs in again. */
  | { readonly state: 'ended' }
  /** Not now: keep the session, try again later. */
  | { readonly state: 'unavailable'; readonly error: CognitoError };

/** Refreshes a session; the same session is refreshed once, however many ask. */
export type Refresher = (session: Session) => Promise<RefreshOutcome>;

/**
 * Tells whether a session's tokens are expired or about to be.
 *
 * @param session its tokens need not be verified: a wrong answer costs a refresh, nothing more
 * @param now seconds since 1970
 */
export function isRefreshDue(session: Session, now: number): boolean {
  const at = tokenTime(session, now);
  return [session.idToken, session.accessToken].some((token) => {
    const { exp = 0, iat = 0 } = decodeJwt(token);
    return exp - at <= Math.min(REFRESH_AHEAD, (exp - iat) / 10);
  });
}

/**
 * Makes the one place that refreshes sessions in this process.
 *
 * Results serve for a minute: a browser sends its requests side by side, so several carry the old
 * cookie, and where refresh tokens rotate the old one works only once. A dead session is remembered
 * as long, so that it costs one token call and not one for each request.
 *
 * @param client the app client
 * @returns a function that never throws
 */
export function createRefresher(client: AppClient): Refresher {
  const flights = createFlights<RefreshOutcome>({
    now: client.now,
    keepSeconds: KEEP_SECONDS,
    worthKeeping: (outcome) => outcome.state !== 'unavailable',
    max: MAX_REMEMBERED,
  });
  const redeem = createRedeem();

  async function refreshOnce(session: Session, generation: string): Promise<RefreshOutcome> {
    try {
      return await redeem(
        generation,
        () => refreshTokens(client, session.refreshToken),
        (tokens) => accept(client, session, tokens),
      );
    } catch (error) {
      return judge(error);
    }
  }

  return (session) => {
    const generation = `${session.refreshToken} ${session.accessToken}`;
    return flights.run(generation, () => refreshOnce(session, generation));
  };
}

/** Verifies new tokens as if they were a stranger's, and that they are the same person's. */
async function accept(
  client: AppClient,
  session: Session,
  tokens: TokenSet,
): Promise<RefreshOutcome> {
  const now = client.now();
  const claims = await verifyTokens(client, tokens, now);
  const before = decodeJwt(session.idToken);
  // OpenID Connect Core, section 12.2. `iss` and `aud` are equal to the configuration's already.
  if (claims.id.sub !== before.sub) throw new CognitoError('identity_changed', 'sub');
  if (claims.id.nonce !== undefined && claims.id.nonce !== before.nonce) {
    throw new CognitoError('identity_changed', 'nonce');
  }
  return {
    state: 'refreshed',
    session: { ...tokens, signedInAt: session.signedInAt, receivedAt: Math.floor(now) },
    claims,
  };
}

/** Only a clear "no" ends a session; whatever else went wrong may be right again in a minute. */
function judge(error: unknown): RefreshOutcome {
  if (!(error instanceof CognitoError)) {
    return {
      state: 'unavailable',
      error: new CognitoError('unavailable', 'refresh', { cause: error }),
    };
  }
  const over = error.code === 'invalid_grant' || error.code === 'identity_changed';
  return over ? { state: 'ended' } : { state: 'unavailable', error };
}
