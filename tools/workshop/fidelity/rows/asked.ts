import { answer } from '../answer';
import { type Behavior, behavior } from '../behavior';
import type { Changes } from '../target';

/** The rest of a row, besides what is observed. */
type Said = Pick<Behavior, 'cognito' | 'source'> & Partial<Behavior>;

/**
 * A row about one request to /oauth2/authorize without a hosted session.
 *
 * @param id without its chapter
 * @param ask what is done
 * @param changes to a valid request
 * @param row Cognito's response and its source
 */
export function asked(id: string, ask: string, changes: Changes, row: Said): Behavior {
  return behavior({
    ...row,
    id: `authorize/${id}`,
    ask,
    observe: async (target) => await answer(target, await target.authorize(changes)),
  });
}

/**
 * The same in the browser that has signed in.
 *
 * @param id without its chapter
 * @param ask what is done
 * @param changes to a valid request
 * @param row Cognito's response and its source
 */
export function askedAgain(id: string, ask: string, changes: Changes, row: Said): Behavior {
  return behavior({
    needs: 'sign-in',
    ...row,
    id: `silent/${id}`,
    ask,
    observe: async (target) => await answer(target, await target.authorizeAgain(changes)),
  });
}
