import { forgetPerson } from '../forget-person';
import { selfService } from '../self-service';

/**
 * DeleteUser of the JSON API. It ends all sign-ins of the user. As in Cognito, the browser keeps its
 * cookie of the hosted UI: only /logout removes it.
 */
export const deleteUser = selfService({
  members: {},
  run({ pool, account }) {
    pool.users.remove(account.username);
    forgetPerson(pool, account.username);
    return { kind: 'done', answer: null };
  },
});
