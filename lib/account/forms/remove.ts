import { deleteUser, getUser } from '@/lib/cognito/account/user';
import { type AccountForm, failed, RECENT } from '../form';
import { beforeDelete } from '../on-delete';

/** What the user types to confirm. */
export const CONFIRMATION = 'delete my account';

/** Deletes the account, after the site's own data. */
export const remove: AccountForm = {
  path: '/account/delete',
  maxAge: RECENT,
  keep: [],
  async run(account, form) {
    const typed = (form.get('confirmation') ?? '').trim().toLowerCase();
    if (typed !== CONFIRMATION) {
      return { state: 'invalid', errors: { confirmation: `Type “${CONFIRMATION}”.` } };
    }
    // The site's data must not go if the user pool no longer accepts this user's tokens.
    const known = await getUser(account.caller);
    if (!known.ok) return failed(account, 'deleted', known);
    const refusal = await beforeDelete(account.user);
    if (refusal) return { state: 'invalid', errors: { form: refusal } };
    const deleted = await deleteUser(account.caller);
    return deleted.ok ? { state: 'gone' } : failed(account, 'deleted', deleted);
  },
};
