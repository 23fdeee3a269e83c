import { decodeJwt } from 'jose';
import type { AppClient } from '../protocol/app-client';
import { createCircuitBreaker, PATIENCE } from '../protocol/circuit-breaker';
import { CognitoError } from '../protocol/errors';
import { createSingleFlight } from '../protocol/single-flight';
import { refreshTokens, type TokenSet } from '../protocol/tokens';
import { type VerifiedTokens, verifyNewTokens } from '../protocol/verify';
import { createRedeem } from './redeem';
import { type Session, tokenTime } from './session';
import { timesOf } from './token-times';

/** Late-comers may carry the old cookie for about this long, in seconds. */
const KEEP_SECONDS = 60;
/** At most this many finished refreshes are remembered; each holds some 10 kB. */
const MAX_REMEMBERED = 2000;
/** A late-comer follows his successors so far: more refreshes do not fit into a minute. */
const MAX_HOPS = 20;
/** Tokens are refreshed this many seconds before they expire, or a tenth of their life if less. */
const REFRESH_AHEAD = 60;

export type RefreshOutcome =
  | { readonly state: 'refreshed'; readonly session: Session; readonly claims: VerifiedTokens }
  /** The user pool refused the refresh token: over, or used up by a refresh in another instance. */
  | { readonly state: 'ended' }
  /** Not now: keep the session, try again later. */
  | { readonly state: 'unavailable'; readonly error: CognitoError };

/** The refreshes of this process. */
export interface Refresher {
  /** Refreshes a session; the same session is refreshed once, however many ask. Never throws. */
  readonly refresh: (session: Session) => Promise<RefreshOutcome>;
  /** Whether refresh tokens rotate here; undefined until the first refresh has shown it. */
  readonly rotates: () => boolean | undefined;
  /** Settles when all calls have ended, those too that nobody waits for any longer; undefined if none is under way. */
  readonly idle: () => Promise<unknown> | undefined;
}

/**
 * Tells whether a session's tokens are expired or about to be.
 *
 * @param session its tokens need not be verified: a wrong answer costs a refresh, nothing more
 * @param now seconds since 1970
 */
export function isRefreshDue(session: Session, now: number): boolean {
  return refreshDueAt(session) <= tokenTime(session, now);
}

/**
 * When a session's tokens are due to be refreshed: by the first request after that.
 *
 * @param session its tokens need not be verified
 * @returns seconds since 1970, by the user pool's clock
 */
export function refreshDueAt(session: Session): number {
  const { id, access } = timesOf(session);
  const due = ({ exp = 0, iat = 0 }) => exp - Math.min(REFRESH_AHEAD, (exp - iat) / 10);
  return Math.min(due(id), due(access));
}

/**
 * Makes the one place that refreshes sessions in this process.
 *
 * Results serve for a minute: a browser sends its requests side by side, so several carry the old
 * cookie, and where refresh tokens rotate the old one works only once. A dead session is remembered
 * as long, so that it costs one token call and not one for each request.
 *
 * @param client the app client
 * @param told hears how each call to the token endpoint ended, once, however many share it
 */
export function createRefresher(
  client: AppClient,
  told: (outcome: RefreshOutcome, session: Session) => void = () => {},
): Refresher {
  const flights = createSingleFlight<RefreshOutcome>({
    now: client.now,
    keepSeconds: KEEP_SECONDS,
    keep,
    max: MAX_REMEMBERED,
  });
  const circuit = createCircuitBreaker(client.wait);
  const redeem = createRedeem();
  const calls = new Set<Promise<unknown>>();
  let rotates: boolean | undefined;

  async function call(session: Session, generation: string): Promise<RefreshOutcome> {
    const once = circuit.isBroken();
    try {
      return await redeem(
        generation,
        () => refreshTokens(client, session.refreshToken, once),
        (tokens) => {
          rotates = tokens.refreshToken !== session.refreshToken;
          return accept(client, session, tokens);
        },
      );
    } catch (error) {
      return judge(error);
    }
  }

  async function refreshOnce(session: Session): Promise<RefreshOutcome> {
    const generation = generationOf(session);
    const landed = flights.landed(generation);
    if (landed) return landed;
    const patience = circuit.isBroken() ? PATIENCE : undefined;
    const once = async () => {
      const outcome = await call(session, generation);
      told(outcome, session);
      return outcome;
    };
    const run = () => flights.run(generation, () => track(once()), patience);
    // Where refresh tokens rotate, an answer that nobody waits for is a session that may get lost.
    return (await circuit.run(run, isOutage, rotates === true)) ?? NOT_NOW;
  }

  function track(running: Promise<RefreshOutcome>): Promise<RefreshOutcome> {
    calls.add(running);
    void running.finally(() => calls.delete(running));
    return running;
  }

  return {
    async refresh(session) {
      let outcome = await refreshOnce(session);
      // Somebody may come so late that his successor was itself refreshed: he gets the newest, or his
      // answer would put an older session over it in the browser.
      for (let hops = 0; hops < MAX_HOPS && outcome.state === 'refreshed'; hops++) {
        const next = await flights.known(generationOf(outcome.session));
        if (next?.state !== 'refreshed') break;
        outcome = next;
      }
      return outcome;
    },
    rotates: () => rotates,
    idle: () => (calls.size > 0 ? Promise.all(calls) : undefined),
  };
}

/** A session's own name for as long as it is not refreshed. */
function generationOf({ refreshToken, accessToken }: Session): string {
  return `${refreshToken} ${accessToken}`;
}

const NOT_NOW: RefreshOutcome = {
  state: 'unavailable',
  error: new CognitoError('unavailable', 'down a moment ago'),
};

/** Of two calls for one session, the one that got new tokens is right, whichever ends first. */
function keep({ state }: RefreshOutcome) {
  if (state === 'unavailable') return 'never';
  return state === 'refreshed' ? 'always' : 'unless-newer';
}

/** Whether this says that the token endpoint is down. */
function isOutage(outcome: RefreshOutcome): boolean {
  return outcome.state === 'unavailable' && outcome.error.code === 'unavailable';
}

/** Verifies new tokens as if they were a stranger's, and that they are the same person's. */
async function accept(
  client: AppClient,
  session: Session,
  tokens: TokenSet,
): Promise<RefreshOutcome> {
  const claims = await verifyNewTokens(client, tokens);
  const before = decodeJwt(session.idToken);
  // OpenID Connect Core, section 12.2. `iss` and `aud` are equal to the configuration's already.
  if (claims.id.sub !== before.sub) throw new CognitoError('identity_changed', 'sub');
  if (claims.id.nonce !== undefined && claims.id.nonce !== before.nonce) {
    throw new CognitoError('identity_changed', 'nonce');
  }
  return {
    state: 'refreshed',
    session: { ...tokens, signedInAt: session.signedInAt, receivedAt: Math.floor(client.now()) },
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
