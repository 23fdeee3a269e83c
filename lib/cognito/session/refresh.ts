import { decodeJwt } from 'jose';
import type { AppClient } from '../protocol/app-client';
import { createCircuitBreaker, PATIENCE } from '../protocol/circuit-breaker';
import type { VerifiedTokens } from '../protocol/claims';
import { CognitoError } from '../protocol/errors';
import { createSingleFlight, type Keep } from '../protocol/single-flight';
import { refreshTokens } from '../protocol/tokens';
import { verifyNewTokens } from '../protocol/verify';
import type { Session } from './session';

/** Late requests may carry the old cookie for about this long, in seconds. */
const KEEP_SECONDS = 60;
/** At most this many finished refreshes are remembered; each holds some 10 kB. */
const MAX_REMEMBERED = 2000;
/** A late request follows its successors this far: more refreshes do not fit into a minute. */
const MAX_HOPS = 20;

interface Refreshed {
  readonly state: 'refreshed';
  readonly session: Session;
  readonly claims: VerifiedTokens;
}

export type RefreshOutcome =
  | Refreshed
  /** The user pool refused the refresh token: expired, revoked, or used by a refresh in another instance. */
  | { readonly state: 'ended' }
  /** Not now: keep the session, try again later. */
  | { readonly state: 'unavailable'; readonly error: CognitoError };

/** The refreshes of this process. */
export interface Refresher {
  /** Refreshes a session once, however many requests ask. Never throws. */
  readonly refresh: (session: Session) => Promise<RefreshOutcome>;
  /** Whether refresh tokens rotate here; undefined until the first refresh has shown it. */
  readonly rotates: () => boolean | undefined;
  /** Settles when every call has ended, also those that no request waits for; undefined if there is none. */
  readonly pending: () => Promise<unknown> | undefined;
}

/**
 * Creates the one place in this process that refreshes sessions.
 *
 * Requests with the same session share one call, and its result for as long as they can still carry the old
 * cookie: with refresh token rotation and no grace period, the old refresh token works only once.
 *
 * @param client the app client
 * @param onOutcome is called once for each call to the token endpoint
 */
export function createRefresher(
  client: AppClient,
  onOutcome: (outcome: RefreshOutcome, session: Session) => void = () => {},
): Refresher {
  const memory = { keep, keepSeconds: KEEP_SECONDS, max: MAX_REMEMBERED };
  const flights = createSingleFlight<RefreshOutcome>(client.now, memory);
  const circuit = createCircuitBreaker(client.wait);
  const calls = new Set<Promise<unknown>>();
  let rotates: boolean | undefined;

  async function call(session: Session): Promise<RefreshOutcome> {
    try {
      const outcome = await requestAndVerify(client, session, circuit.isBroken());
      rotates = outcome.session.refreshToken !== session.refreshToken;
      return outcome;
    } catch (error) {
      return judge(error);
    }
  }

  async function refreshOnce(session: Session): Promise<RefreshOutcome> {
    const generation = generationOf(session);
    const finished = flights.finished(generation);
    if (finished) return finished;
    const patience = circuit.isBroken() ? PATIENCE : undefined;
    const run = () => flights.run(generation, () => track(session, call(session)), patience);
    // Where refresh tokens rotate, an answer that nobody waits for is a session that may get lost.
    return (await circuit.run(run, isOutage, rotates === true)) ?? NOT_NOW;
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
      let outcome = await refreshOnce(session);
      // A request may come so late that its successor was itself refreshed: it gets the newest, or its answer
      // would put an older session over it in the browser.
      for (let hops = 0; hops < MAX_HOPS && outcome.state === 'refreshed'; hops++) {
        const next = await flights.find(generationOf(outcome.session));
        if (next?.state !== 'refreshed') break;
        outcome = next;
      }
      return outcome;
    },
    rotates: () => rotates,
    pending: () => (calls.size > 0 ? Promise.all(calls) : undefined),
  };
}

/** Gets new tokens, and verifies them as if they were a stranger's, and that they are the same person's. */
async function requestAndVerify(
  client: AppClient,
  session: Session,
  once: boolean,
): Promise<Refreshed> {
  // A rotating refresh token works once: without keys the new tokens could not be verified, and would be lost.
  if (!client.keys.current()) await client.keys.refetch();
  const tokens = await refreshTokens(client, session.refreshToken, once);
  const claims = await verifyNewTokens(client, tokens);
  const before = decodeJwt(session.idToken);
  // OpenID Connect Core, section 12.2. `iss` and `aud` are equal to the configuration's already.
  if (claims.id.sub !== before.sub) throw new CognitoError('identity_changed', 'sub');
  if (claims.id.nonce !== undefined && claims.id.nonce !== before.nonce) {
    throw new CognitoError('identity_changed', 'nonce');
  }
  const { signedInAt } = session;
  const renewed = { ...tokens, signedInAt, receivedAt: Math.floor(client.now()) };
  return { state: 'refreshed', session: renewed, claims };
}

/** Names a session for as long as it is not refreshed. */
function generationOf({ refreshToken, accessToken }: Session): string {
  return `${refreshToken} ${accessToken}`;
}

const NOT_NOW: RefreshOutcome = {
  state: 'unavailable',
  error: new CognitoError('unavailable', 'down a moment ago'),
};

/** Of two calls for one session, the one that got new tokens is right, whichever ends first. */
function keep({ state }: RefreshOutcome): Keep {
  if (state === 'unavailable') return 'never';
  return state === 'refreshed' ? 'always' : 'unless-newer';
}

/** Whether the token endpoint is down. */
function isOutage(outcome: RefreshOutcome): boolean {
  return outcome.state === 'unavailable' && outcome.error.code === 'unavailable';
}

/** Only a clear "no" ends a session; anything else may be right again in a minute. */
function judge(error: unknown): RefreshOutcome {
  if (!(error instanceof CognitoError)) {
    const unexpected = new CognitoError('unavailable', 'refresh', { cause: error });
    return { state: 'unavailable', error: unexpected };
  }
  const refused = error.code === 'invalid_grant' || error.code === 'identity_changed';
  return refused ? { state: 'ended' } : { state: 'unavailable', error };
}
