import { type Refused, refused } from './exceptions';
import { fits, type Members, misfit, type ValueOf } from './shape';
import type { PoolState } from './state';

/** The result of an operation: a response (null for an empty body) or Cognito's exception. */
export type Outcome = { kind: 'done'; answer: object | null } | Refused;

/**
 * One operation of the API.
 *
 * @param pool the pool
 * @param sent the request's JSON
 */
export type Operation = (pool: PoolState, sent: unknown) => Promise<Outcome>;

/**
 * Creates an operation. It refuses a member of the wrong type before anything else, because AWS
 * parses the request first.
 *
 * @param members the members of its request
 * @param run gets the request, in which every member may be absent
 */
export function operation<const S extends Members>(
  members: S,
  run: (pool: PoolState, input: ValueOf<S>) => Outcome | Promise<Outcome>,
): Operation {
  return async (pool, sent) => {
    if (!fits(members, sent)) return wrongType(members, sent);
    return await run(pool, sent);
  };
}

/**
 * Refuses a request with a member of the wrong type.
 *
 * @param members the wanted types
 * @param sent the request's JSON, which has other types
 */
export function wrongType(members: Members, sent: unknown): Refused {
  return refused('SerializationException', misfit(members, sent) ?? '');
}

/**
 * Refuses a request that lacks a member.
 *
 * @param name the member, e.g. `AccessToken`
 */
export function missingParameter(name: string): Refused {
  return refused('InvalidParameterException', `Missing required parameter ${name}`);
}
