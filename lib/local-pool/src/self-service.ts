import { type Caller, callerOf } from './caller';
import { refuseViolations, type Violation } from './constraints';
import { type Operation, type Outcome, wrongType } from './operation';
import { fits, type Members, type ValueOf } from './shape';
import type { PoolState } from './state';

/** An operation on the user whose access token it gets. */
export interface SelfService<S extends Members> {
  /** The members of the request besides `AccessToken`. */
  readonly members: S;
  /** The constraints of the API reference, which AWS checks before the token. */
  readonly check?: (input: ValueOf<S>) => readonly Violation[];
  readonly run: (call: Call<S>) => Outcome | Promise<Outcome>;
}

/** A request that has passed all checks which the operations share. */
export interface Call<S extends Members> extends Pick<Caller, 'account' | 'client'> {
  readonly pool: PoolState;
  readonly input: ValueOf<S>;
}

/** The success of an operation that returns nothing. */
export const EMPTY: Outcome = { kind: 'done', answer: {} };

const TOKEN = { AccessToken: 'string' } as const;

/**
 * Creates an operation that acts for the owner of an access token. It checks types, constraints and
 * the token, in this order.
 *
 * @param spec the operation
 */
export function selfService<const S extends Members>(spec: SelfService<S>): Operation {
  const { members, check, run } = spec;
  return async (pool, sent) => {
    if (!fits(TOKEN, sent)) return wrongType(TOKEN, sent);
    const token = sent.AccessToken;
    if (!fits(members, sent)) return wrongType(members, sent);
    const broken = refuseViolations(check?.(sent) ?? []);
    if (broken) return broken;
    const caller = callerOf(pool, token);
    if (caller.kind === 'refused') return caller;
    return await run({ pool, input: sent, account: caller.account, client: caller.client });
  };
}
