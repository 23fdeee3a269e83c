import { type Behaviour, behaviour } from '../behaviour';
import { CHALLENGE, type Changes, type Target, VERIFIER } from '../target';
import { outcome } from './outcome';

/** A code challenge, as it is asked for. */
export const CHALLENGED = { code_challenge: CHALLENGE, code_challenge_method: 'S256' };
/** Where it is known from that a failed exchange burns the code. */
export const REPORTED = 'obs: AWS staff on re:Post';

/**
 * A code that was asked for in one way and is redeemed in another.
 *
 * @param id without `code/`
 * @param ask what is done
 * @param how what differs from a good authorization request, and from a good exchange
 * @param row whatever else the behaviour has
 */
export function redeemed(
  id: string,
  ask: string,
  how: { asked?: Changes; redeemed?: Changes | ((target: Target) => Changes) },
  row: Pick<Behaviour, 'cognito' | 'source'> & Partial<Behaviour>,
): Behaviour {
  return behaviour({
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
 * First a failure, then the same code as it should have been.
 *
 * @param id without `code/`
 * @param ask what is done
 * @param how what differs from a good authorization request; the failure
 * @param row whatever else the behaviour has
 */
export function retried(
  id: string,
  ask: string,
  how: { asked?: Changes; wrong: (target: Target, code: string) => Promise<Response> },
  row: Pick<Behaviour, 'cognito' | 'source'> & Partial<Behaviour>,
): Behaviour {
  return behaviour({
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
