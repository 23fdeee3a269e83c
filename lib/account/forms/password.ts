import { changePassword } from '@/lib/cognito/account/user';
import { type AccountForm, failed, RECENT } from '../form';

/** Changes the password. Cognito checks the rules: a page can't read them. */
export const password: AccountForm = {
  path: '/account/password',
  maxAge: RECENT,
  keep: [],
  async run(account, form) {
    const previous = form.get('current') ?? '';
    const proposed = form.get('new') ?? '';
    const errors = {
      ...(previous === '' ? { current: 'Enter your current password.' } : {}),
      ...(proposed === '' ? { new: 'Enter a new password.' } : {}),
      ...(proposed !== '' && proposed === previous ? { new: 'Choose another password.' } : {}),
    };
    if (Object.keys(errors).length > 0) return { state: 'invalid', errors };
    const changed = await changePassword(account.caller, { previous, proposed });
    if (changed.ok)
      return { state: 'done', change: 'password', flash: 'passwordChanged', to: '/account' };
    return failed(account, 'password', changed, {
      wrong_password: 'current',
      password_policy: 'new',
      password_reused: 'new',
      invalid_value: 'new',
    });
  },
};
