import { deletePasskey } from '@/lib/cognito/account/passkeys';
import { type AccountForm, failed, RECENT } from '../form';

/** Deletes a passkey. The user's device still has it: only the user can remove it there. */
export const passkey: AccountForm = {
  path: '/account/passkeys',
  maxAge: RECENT,
  keep: [],
  async run(account, form) {
    const deleted = await deletePasskey(account.caller, form.get('id') ?? '');
    // Another tab, or a second click, was faster.
    if (!deleted.ok && deleted.problem !== 'not_found') return failed(account, 'passkey', deleted);
    const to = '/account/passkeys';
    const done = { state: 'done', flash: 'passkeyDeleted', to } as const;
    return deleted.ok ? { ...done, change: 'passkey-deleted' } : done;
  },
};
