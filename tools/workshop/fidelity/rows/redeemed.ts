import { type Behavior, behavior } from '../behavior';
import { CHALLENGE, type Changes, type Target, VERIFIER } from '../target';
import { outcome } from './outcome';

/** The parameters of an authorization request with a code challenge. */
export const CHALLENGED = { code_challenge: CHALLENGE, code_challenge_method: 'S256' };
/** The source for the rows in which a failed exchange invalidates the code. */
export const REPORTED = 'obs: AWS staff on re:Post';

/**
 * A code that is redeemed with parameters other than those of its authorization request.
 *
 * @param id without `code/`
 * @param ask what is done
 * @param how what differs from a valid authorization request, and from a valid exchange
 * @param row the rest of the behavior
 */
export function redeemed(
  id: string,
  ask: string,
  how: { asked?: Changes; redeemed?: Changes | ((target: Target) => Changes) },
  row: Pick<Behavior, 'cognito' | 'source'> & Partial<Behavior>,
): Behavior {
  return behavior({
    needs: 'sign-in',
    ...row,
    id: `code/${id}`,
    ask,
    observe: async (target) => {
      const code = await target.code(how.asked);
      const changes = typeof how.redeemed === 'function' ? how.redeemed(target) : how.redeemed;
      return await outcome(target, await target.redeem(code, changes));
    },
  });
}

/**
 * A failed exchange, then a correct one with the same code.
 *
 * @param id without `code/`
 * @param ask what is done
 * @param how what differs from a valid authorization request; the failed exchange
 * @param row the rest of the behavior
 */
export function retried(
  id: string,
  ask: string,
  how: { asked?: Changes; wrong: (target: Target, code: string) => Promise<Response> },
  row: Pick<Behavior, 'cognito' | 'source'> & Partial<Behavior>,
): Behavior {
  return behavior({
    needs: 'sign-in',
    ...row,
    id: `code/${id}`,
    ask,
    observe: async (target) => {
      const code = await target.code(how.asked);
      await how.wrong(target, code);
      const right = how.asked === CHALLENGED ? { code_verifier: VERIFIER } : {};
      return await outcome(target, await target.redeem(code, right));
    },
  });
}
