import { accountCaller } from '@/lib/cognito';
import { getUser } from '@/lib/cognito/account/user';
import { textOf } from './problem-texts';

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
