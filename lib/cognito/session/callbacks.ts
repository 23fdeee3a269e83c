import type { AppClient } from '../protocol/app-client';
import { CognitoError, isTransient } from '../protocol/errors';
import { type Attempt, type Callback, redeemCallback, verifySignIn } from '../protocol/sign-in';
import { createSingleFlight } from '../protocol/single-flight';
import { createRedeem } from './redeem';
import type { Session } from './session';

export interface Callbacks {
  /** Finishes a callback once, however often it comes. */
  readonly finish: (attempt: Attempt, callback: Callback) => Promise<Session>;
  /** Where a finished attempt led, for someone who reloads its callback. */
  readonly pageOf: (state: string) => string | undefined;
}

/** So many states are remembered as used; the oldest are forgotten first. */
const MAX_SPENT = 10_000;

/**
 * Makes the one place that finishes sign-ins in this process.
 *
 * A double click or a restoring browser sends the same callback twice at the same moment: both get
 * the result of one exchange. A callback that comes again later is refused without asking the user
 * pool, because a provider may revoke everything when a code comes twice (RFC 6749, section 4.1.2).
 *
 * @param client the app client
 * @returns `finish` throws as `redeemCallback` and `verifySignIn`, and `attempt_replayed`
 */
export function createCallbacks(client: AppClient): Callbacks {
  const running = createSingleFlight<Session>({
    now: client.now,
    keepSeconds: 0,
    keep: () => 'never',
    max: MAX_SPENT,
  });
  const redeem = createRedeem();
  /** The states of attempts that are over, and where each led. */
  const spent = new Map<string, string>();

  async function finish(attempt: Attempt, callback: Callback): Promise<Session> {
    if (spent.has(attempt.state)) throw new CognitoError('attempt_replayed');
    try {
      const session = await redeem(
        attempt.state,
        () => redeemCallback(client, attempt, callback),
        async (tokens) => {
          await verifySignIn(client, attempt, tokens);
          const now = Math.floor(client.now());
          return { ...tokens, signedInAt: now, receivedAt: now };
        },
      );
      spend(attempt);
      return session;
    } catch (error) {
      // An unreachable pool has not seen the code, and tokens without keys wait for a reload.
      if (!isTransient(error)) spend(attempt);
      throw error;
    }
  }

  function spend({ state, returnTo }: Attempt): void {
    spent.set(state, returnTo);
    const [oldest] = spent.keys();
    if (spent.size > MAX_SPENT && oldest !== undefined) spent.delete(oldest);
  }

  return {
    finish: (attempt, callback) => running.run(attempt.state, () => finish(attempt, callback)),
    pageOf: (state) => spent.get(state),
  };
}
