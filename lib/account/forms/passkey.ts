import { deletePasskey } from '@/lib/cognito/account/passkeys';
import { type AccountForm, RECENT } from '../form';
import { failed } from '../problem-texts';

/** Deletes a passkey. The user's device still has it: only the user can remove it there. */
export const passkey: AccountForm = {
  path: '/account/passkeys',
  maxAge: RECENT,
  keep: [],
  async run({ caller }, form) {
    const deleted = await deletePasskey(caller, form.get('id') ?? '');
    // Another tab, or a second click, was faster.
    if (!deleted.ok && deleted.problem !== 'not_found') return failed(deleted);
    return { state: 'done', flash: 'passkeyDeleted', to: '/account/passkeys' };
  },
};
