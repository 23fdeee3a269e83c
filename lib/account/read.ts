import { accountCaller, type OpenAccount, type User } from '@/lib/cognito';
import { canAddPasskey, listPasskeys, type Passkey } from '@/lib/cognito/account/passkeys';
import { getUser } from '@/lib/cognito/account/user';
import { textOf } from './problem-texts';
import { isFederated } from './provider';

/** What the user pool knows about the user now, for pages. */
export interface Account {
  /** By name; undefined if the user pool didn't respond. */
  readonly attributes: ReadonlyMap<string, string> | undefined;
  /** Whether a sign-in asks for the code of an authenticator app; undefined if that is unknown. */
  readonly twoFactor: boolean | undefined;
  /** Why nothing is known, in words for the user. */
  readonly problem?: string;
}

/** Asks the user pool about the signed-in user. Call it only on pages that show it: users are limited to ten calls a second. */
export async function readAccount(): Promise<Account> {
  const caller = await accountCaller();
  if (!caller) return { attributes: undefined, twoFactor: undefined };
  const found = await getUser(caller);
  if (!found.ok) return { attributes: undefined, twoFactor: undefined, problem: textOf(found) };
  const { attributes, factors } = found.data;
  return { attributes, twoFactor: factors.enabled.includes('SOFTWARE_TOKEN_MFA') };
}

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
