import { decodeJwt } from 'jose';
import { createQuota, createSignOuts } from '../memory/refresher-memory';
import type { AppClient } from '../protocol/app-client';
import { createCircuitBreaker, PATIENCE } from '../protocol/circuit-breaker';
import type { VerifiedTokens } from '../protocol/claims';
import { CognitoError } from '../protocol/errors';
import { createSingleFlight, type Keep } from '../protocol/single-flight';
import { isOutage, refreshTokens } from '../protocol/tokens';
import { verifyNewTokens } from '../protocol/verify';
import { familyOf, type Session } from './session';

/** How long late requests may still send the old cookie, in seconds. */
const KEEP_SECONDS = 60;
/** The most finished refreshes to remember, altogether and of one user. Each takes about 10 kB. */
const MAX_REMEMBERED = 2000;
const MAX_EACH = 20;
/** The most calls that all sessions of one user cause in a minute: a twelfth of Cognito's default quota. */
const MAX_CALLS = 600;
/** The most later refreshes that a late request follows, and the most of them within a minute. */
const MAX_HOPS = 20;
/** How long a sign-out may take, in seconds: up to six calls to the user pool. */
const SIGN_OUT_SECONDS = 30;

interface Refreshed {
  readonly state: 'refreshed';
  readonly session: Session;
  readonly claims: VerifiedTokens;
}

export type RefreshOutcome =
  | Refreshed
  /**
   * The user pool refused the refresh token: expired, revoked, or already used by another instance.
   */
  | { readonly state: 'ended' }
  /** A temporary error: keep the session and try again later. */
  | { readonly state: 'unavailable'; readonly error: CognitoError };

/** Refreshes the sessions of this process. */
export interface Refresher {
  /** Refreshes a session once, however many requests need it. Never throws. */
  readonly refresh: (session: Session) => Promise<RefreshOutcome>;
  /**
   * Call this when a session ends. From then on, what was remembered of its sign-in is used only
   * after the user pool has confirmed it; for a sign-out on all devices, what was remembered of the user.
   */
  readonly distrust: (session: Session, everywhere?: boolean) => void;
  /** Whether refresh tokens rotate; undefined before the first successful refresh. */
  readonly rotates: () => boolean | undefined;
  /**
   * Settles when all running calls end, including those that no request waits for; undefined if
   * none.
   */
  readonly pending: () => Promise<unknown> | undefined;
}

/**
 * Creates the refresher of an app client, the only place in a process that refreshes sessions.
 *
 * With refresh token rotation and no grace period, a refresh token works only once. So requests
 * with the same session share one call. Its result is kept for as long as late requests may still
 * send the old cookie.
 *
 * @param client the app client
 * @param onOutcome called once for each call to the token endpoint
 */
export function createRefresher(
  client: AppClient,
  onOutcome: (outcome: RefreshOutcome, session: Session) => void = () => {},
): Refresher {
  const flights = createSingleFlight<RefreshOutcome>(client.now, MEMORY);
  const circuit = createCircuitBreaker(client.wait);
  const calls = new Set<Promise<unknown>>();
  const signOuts = createSignOuts(client.now, MAX_REMEMBERED);
  const quota = createQuota(client.now, { most: MAX_CALLS, seconds: 60, users: MAX_REMEMBERED });
  let rotates: boolean | undefined;

  async function call(session: Session): Promise<RefreshOutcome> {
    quota.spend(userOf(session));
    try {
      const outcome = await requestAndVerify(client, session, circuit.isBroken());
      rotates = outcome.session.refreshToken !== session.refreshToken;
      return outcome;
    } catch (error) {
      return judge(error);
    }
  }

  async function refreshOnce(session: Session): Promise<RefreshOutcome> {
    const patience = circuit.isBroken() ? PATIENCE : undefined;
    // Not inside the circuit breaker, for which this would be neither a success nor a failure.
    if (quota.isSpent(userOf(session))) return TOO_MANY;
    const work = () => track(session, call(session));
    const run = () => flights.run(generationOf(session), work, patience);
    // With rotation, wait for the response: if no request does, the new session may get lost.
    return (await circuit.run(run, isDown, rotates === true)) ?? NOT_NOW;
  }

  /** Whether it may have ended since it was refreshed. */
  function isInDoubt(session: Session): boolean {
    const ended = signOuts.latest(userOf(session), familyOf(session));
    return session.receivedAt < ended + SIGN_OUT_SECONDS;
  }

  function track(session: Session, running: Promise<RefreshOutcome>): Promise<RefreshOutcome> {
    calls.add(running);
    void running.then((outcome) => {
      calls.delete(running);
      onOutcome(outcome, session);
    });
    return running;
  }

  return {
    async refresh(session) {
      let known = await flights.finished(generationOf(session));
      // By the time a late request arrives, the new session may have been refreshed again. Return
      // the newest session, because an older one would overwrite it in the browser.
      let hops = 0;
      for (; known?.state === 'refreshed' && hops < MAX_HOPS; hops++) {
        const next = await flights.find(generationOf(known.session));
        if (!next || next.state === 'unavailable') break;
        known = next;
      }
      if (known?.state !== 'refreshed') return known ?? refreshOnce(session);
      if (!isInDoubt(known.session)) return known;
      return hops < MAX_HOPS ? refreshOnce(known.session) : NOT_NOW;
    },
    distrust: (session, everywhere = false) =>
      signOuts.note(everywhere ? userOf(session) : familyOf(session)),
    rotates: () => rotates,
    pending: () => (calls.size > 0 ? Promise.all(calls) : undefined),
  };
}

/** Gets new tokens, verifies them, and checks that they belong to the same user and sign-in. */
async function requestAndVerify(
  client: AppClient,
  session: Session,
  once: boolean,
): Promise<Refreshed> {
  // Fetch the keys first. A rotating refresh token works only once: without keys, the new tokens
  // couldn't be verified and would be lost.
  if (!client.keys.current()) await client.keys.refetch();
  const tokens = await refreshTokens(client, session.refreshToken, once);
  const { signedInAt } = session;
  // Now: verifying the tokens may wait for new keys. And later than the sign-in, even in the same
  // second, because `resolveSession` tells a refresh from a sign-in by that.
  const receivedAt = Math.max(Math.floor(client.now()), signedInAt + 1);
  const claims = await verifyNewTokens(client, tokens);
  const before = decodeJwt(session.idToken);
  // OpenID Connect Core, section 12.2. `verifyNewTokens` has already checked `iss` and `aud`.
  if (claims.id.sub !== before.sub) throw new CognitoError('identity_changed', 'sub');
  if (claims.id.nonce !== undefined && claims.id.nonce !== before.nonce) {
    throw new CognitoError('identity_changed', 'nonce');
  }
  return { state: 'refreshed', session: { ...tokens, signedInAt, receivedAt }, claims };
}

/** Identifies a session until its next refresh. It begins with its user. */
function generationOf(session: Session): string {
  return `${userOf(session)} ${session.refreshToken} ${session.accessToken}`;
}

function userOf({ accessToken }: Session): string {
  return `${decodeJwt(accessToken).sub}`;
}

const MEMORY = {
  keep,
  keepSeconds: KEEP_SECONDS,
  max: MAX_REMEMBERED,
  maxEach: MAX_EACH,
};

/** Whether the token endpoint is down. */
const isDown = (outcome: RefreshOutcome) =>
  outcome.state === 'unavailable' && isOutage(outcome.error);

const notNow = (detail: string): RefreshOutcome => {
  return { state: 'unavailable', error: new CognitoError('unavailable', detail) };
};
const NOT_NOW = notNow('down a moment ago');
/** Without a call: the sessions of this user have used up their share. */
const TOO_MANY = notNow('too many refreshes of one user');

/** If two calls for one session overlap, keep the result with new tokens, whichever ends first. */
function keep({ state }: RefreshOutcome): Keep {
  if (state === 'unavailable') return 'never';
  return state === 'refreshed' ? 'always' : 'unless-newer';
}

/** Only a clear refusal ends a session. Any other error may be temporary. */
function judge(error: unknown): RefreshOutcome {
  if (!(error instanceof CognitoError)) {
    const unexpected = new CognitoError('unavailable', 'refresh', { cause: error });
    return { state: 'unavailable', error: unexpected };
  }
  const refused = error.code === 'invalid_grant' || error.code === 'identity_changed';
  return refused ? { state: 'ended' } : { state: 'unavailable', error };
}
