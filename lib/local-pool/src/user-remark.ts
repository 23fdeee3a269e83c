import type { User } from './settings';

/**
 * What a person meets after the password, in a few words; otherwise the groups.
 *
 * @param user with the groups
 */
export function remarkOn(
  user: Pick<User, 'status' | 'mfa'> & { groups: Iterable<string> },
): string {
  if (user.status === 'UNCONFIRMED') return 'has to confirm the account';
  if (user.status === 'FORCE_CHANGE_PASSWORD') return 'has to choose a new password';
  if (user.status === 'RESET_REQUIRED') return 'has to reset the password';
  if (user.mfa) return 'needs a code of an authenticator app';
  const groups = [...user.groups].slice(0, 3).join(', ');
  return groups === '' ? 'no group' : `group ${groups}`;
}
