import type { AppClient } from '../protocol/app-client';
import { CognitoError, isTransient } from '../protocol/errors';
import { type Attempt, type Callback, finishSignIn } from '../protocol/sign-in';
import { createSingleFlight } from '../protocol/single-flight';
import type { Session } from './session';

/** The callbacks of this process. */
export interface Callbacks {
  /** Finishes a callback once, however often it comes. Throws as `finishSignIn`, and `attempt_replayed`. */
  readonly finish: (attempt: Attempt, callback: Callback) => Promise<Session>;
}

/** This many attempts are remembered as finished; the oldest are forgotten first. */
const MAX_SPENT = 10_000;

const known = new WeakMap<AppClient, Callbacks>();

/**
 * The callbacks of an app client, created on first use: only `/login` needs them, and the middleware's bundle is
 * smaller without.
 *
 * @param client of the site
 */
export function callbacksOf(client: AppClient): Callbacks {
  const callbacks = known.get(client) ?? createCallbacks(client);
  known.set(client, callbacks);
  return callbacks;
}

/**
 * Creates the one place in this process that finishes sign-ins.
 *
 * A double click or a restoring browser sends the same callback twice at the same moment: both get the result
 * of one exchange. A callback that comes again later is refused without asking the user pool, because a
 * provider may revoke everything when a code comes twice (RFC 6749, section 4.1.2).
 *
 * @param client the app client
 */
export function createCallbacks(client: AppClient): Callbacks {
  const running = createSingleFlight<Session>(client.now);
  /** The nonces of finished attempts: each attempt has its own, and a state can be thousands of characters long. */
  const spent = new Set<string>();

  async function finishOnce(attempt: Attempt, callback: Callback): Promise<Session> {
    if (spent.has(attempt.nonce)) throw new CognitoError('attempt_replayed');
    try {
      const tokens = await finishSignIn(client, attempt, callback, () => spend(attempt));
      const now = Math.floor(client.now());
      return { ...tokens, signedInAt: now, receivedAt: now };
    } catch (error) {
      // An unreachable user pool has not seen the code: a reload may still succeed.
      if (!isTransient(error)) spend(attempt);
      throw error;
    }
  }

  function spend({ nonce }: Attempt): void {
    spent.add(nonce);
    const [oldest] = spent;
    if (spent.size > MAX_SPENT && oldest !== undefined) spent.delete(oldest);
  }

  return {
    finish: (attempt, callback) => running.run(attempt.nonce, () => finishOnce(attempt, callback)),
  };
}
