import type { User } from './settings';

/**
 * What the user must do after entering the password, in a few words; otherwise their groups.
 *
 * @param user the user, with groups
 */
export function remarkOn(
  user: Pick<User, 'status' | 'mfa'> & { groups: Iterable<string> },
): string {
  if (user.status === 'UNCONFIRMED') return 'must confirm the account';
  if (user.status === 'FORCE_CHANGE_PASSWORD') return 'must choose a new password';
  if (user.status === 'RESET_REQUIRED') return 'must reset the password';
  if (user.mfa) return 'needs an authenticator app code';
  const groups = [...user.groups].slice(0, 3).join(', ');
  return groups === '' ? 'no group' : `group ${groups}`;
}
