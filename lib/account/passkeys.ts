import { accountCaller, type OpenAccount, type User } from '@/lib/cognito';
import { canAddPasskey, listPasskeys, type Passkey } from '@/lib/cognito/account/passkeys';
import { textOf } from './problem-texts';
import { isFederated } from './provider';

/** The passkeys of a user, for their page. */
export interface Passkeys {
  /** Undefined if the user pool didn't respond. */
  readonly list: readonly Passkey[] | undefined;
  /** Whether the user pool has passkeys at all. */
  readonly supported: boolean;
  /** Why one can't be added now, or why nothing is known, in words for the user. */
  readonly problem?: string;
}

/** Asks the user pool about the signed-in user's passkeys. Call it only on pages that show them. */
export async function readPasskeys(): Promise<Passkeys> {
  const caller = await accountCaller();
  if (!caller) return { list: undefined, supported: true };
  const [listed, addable] = await Promise.all([listPasskeys(caller), canAddPasskey(caller)]);
  const failure = listed.ok ? addable : listed;
  const supported = failure.ok || failure.problem !== 'passkeys_not_available';
  const problem = failure.ok || !supported ? {} : { problem: textOf(failure) };
  return { list: listed.ok ? listed.data : undefined, supported, ...problem };
}

/**
 * Whether the account page links to passkeys: not for users of an identity provider, and not in a
 * user pool without passkeys.
 *
 * @param user the signed-in user
 */
export async function offersPasskeys(user: User): Promise<boolean> {
  const caller = isFederated(user) ? null : await accountCaller();
  if (!caller) return false;
  const addable = await canAddPasskey(caller);
  return addable.ok || addable.problem !== 'passkeys_not_available';
}

/**
 * Counts a user's passkeys.
 *
 * @param account the user
 * @returns undefined if the user pool didn't respond
 */
export async function countPasskeys({ caller }: OpenAccount): Promise<number | undefined> {
  const listed = await listPasskeys(caller);
  return listed.ok ? listed.data.length : undefined;
}
