import type { AppClient } from '../protocol/app-client';
import { CognitoError, isTransient } from '../protocol/errors';
import { type Attempt, type Callback, finishSignIn } from '../protocol/sign-in';
import { createSingleFlight } from '../protocol/single-flight';
import type { Session } from './session';

/** Finishes the sign-ins of this process. */
export interface Callbacks {
  /**
   * Finishes a sign-in once, however often its callback arrives. Throws as `finishSignIn`, and
   * CognitoError `attempt_replayed`.
   */
  readonly finish: (attempt: Attempt, callback: Callback) => Promise<Session>;
}

/** The most finished attempts to remember; the oldest are dropped first. */
const MAX_SPENT = 10_000;

const known = new WeakMap<AppClient, Callbacks>();

/**
 * Returns the callbacks of an app client, and creates them on first use. They aren't part of
 * `Site`, because only `/login` needs them, and the middleware bundle is smaller without them.
 *
 * @param client the site's app client
 */
export function callbacksOf(client: AppClient): Callbacks {
  const callbacks = known.get(client) ?? createCallbacks(client);
  known.set(client, callbacks);
  return callbacks;
}

/**
 * Creates the callbacks of an app client, the only place in a process that finishes sign-ins.
 *
 * A double click, or a browser that restores its tabs, sends the same callback twice at the same
 * time: both requests get the result of one exchange. If the callback arrives again later, it is
 * refused without calling the user pool, because a provider may revoke all tokens of a code that is
 * used twice (RFC 6749, section 4.1.2).
 *
 * @param client the app client
 */
export function createCallbacks(client: AppClient): Callbacks {
  const running = createSingleFlight<Session>(client.now);
  /** The nonces of finished attempts. Each attempt has its own, and a state can be thousands of characters long. */
  const spent = new Set<string>();

  async function finishOnce(attempt: Attempt, callback: Callback): Promise<Session> {
    if (spent.has(attempt.nonce)) throw new CognitoError('attempt_replayed');
    try {
      let at = 0;
      const onExchanged = () => {
        at = Math.floor(client.now());
        spend(attempt);
      };
      const tokens = await finishSignIn(client, attempt, callback, onExchanged);
      return { ...tokens, signedInAt: at, receivedAt: at };
    } catch (error) {
      // After a temporary error the code may still be unused, so that a reload can succeed.
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
