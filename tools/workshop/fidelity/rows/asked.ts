import { answer } from '../answer';
import { type Behaviour, behaviour } from '../behaviour';
import type { Changes } from '../target';

/** What a row says of itself beside its question. */
type Said = Pick<Behaviour, 'cognito' | 'source'> & Partial<Behaviour>;

/**
 * A row about one request to /oauth2/authorize by somebody who is not signed in.
 *
 * @param id without its chapter
 * @param ask what is done
 * @param changes of a good request
 * @param row Cognito's answer and where it is known from
 */
export function asked(id: string, ask: string, changes: Changes, row: Said): Behaviour {
  return behaviour({
    ...row,
    id: `authorize/${id}`,
    ask,
    observe: async (target) => await answer(target, await target.authorize(changes)),
  });
}

/**
 * The same by the browser that has signed in.
 *
 * @param id without its chapter
 * @param ask what is done
 * @param changes of a good request
 * @param row Cognito's answer and where it is known from
 */
export function askedAgain(id: string, ask: string, changes: Changes, row: Said): Behaviour {
  return behaviour({
    needs: 'sign-in',
    ...row,
    id: `silent/${id}`,
    ask,
    observe: async (target) => await answer(target, await target.authorizeAgain(changes)),
  });
}
