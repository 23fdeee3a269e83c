import {
  type AccountFailure,
  type AccountProblem,
  logEvent,
  type OpenAccount,
  type User,
} from '@/lib/cognito';
import type { Flash } from '@/lib/flash-messages';
import { type AccountChange, notify } from './notify';
import { textOf } from './problem-texts';

/** How long ago a user may have signed in who changes something that could take over the account. In seconds. */
export const RECENT = 600;

/** What became of a form. */
export type Outcome =
  | {
      readonly state: 'done';
      /** What changed, for the log and the user's email; undefined if nothing did. */
      readonly change?: AccountChange;
      readonly flash: Flash;
      /** The page that shows the message. */
      readonly to: string;
      /** Whether claims have changed, so that the session must be refreshed. */
      readonly renew?: boolean;
    }
  /** What is wrong, by field; `form` is for what no field causes. */
  | { readonly state: 'invalid'; readonly errors: Readonly<Record<string, string>> }
  /** A code was sent: the form's page asks for it, also after a reload. `keep` is what it shows. */
  | { readonly state: 'code-sent'; readonly keep: Readonly<Record<string, string>> }
  /** The user pool doesn't accept the user's tokens any more. */
  | { readonly state: 'signed-out' }
  /** The account is deleted. */
  | { readonly state: 'gone' };

/** A form of the account pages, which all post to `/account/save`. */
export interface AccountForm {
  /** The page with the form. */
  readonly path: string;
  /** How long ago the user may have signed in, in seconds. */
  readonly maxAge: number;
  /** The fields whose text survives a sign-in. Never a password or a code. */
  readonly keep: readonly string[];
  readonly run: (account: OpenAccount, form: URLSearchParams) => Promise<Outcome>;
}

/**
 * The outcome of a form whose operation failed. Logs it.
 *
 * @param account of the user
 * @param what the user wanted to change
 * @param failure from the user pool
 * @param fields which field caused it, by problem; all others belong to the form as a whole
 */
export function failed(
  { user }: OpenAccount,
  what: string,
  failure: AccountFailure,
  fields: Partial<Record<AccountProblem, string>> = {},
): Outcome {
  const text = report(user, what, failure);
  if (failure.problem === 'signed_out') return { state: 'signed-out' };
  return { state: 'invalid', errors: { [fields[failure.problem] ?? 'form']: text } };
}

/**
 * Logs a change, and tells the user by email: somebody else may have made it.
 *
 * @param user as before the change
 * @param what changed
 */
export async function changed(user: User, what: AccountChange): Promise<void> {
  logEvent({ type: 'account.changed', what, sub: user.sub });
  try {
    await notify(user, what);
  } catch {
    // The change is made, so the message must not undo it. The error may contain an address.
    console.error('notify in lib/account/notify.ts failed');
  }
}

/** Problems that an operator must solve. */
const OPERATOR: readonly AccountProblem[] = [
  'unavailable',
  'misconfigured',
  'missing_scope',
  'blocked',
  'delivery_failed',
  'unknown',
];

/**
 * Logs why a change was refused, without any value.
 *
 * @param user the signed-in user
 * @param what the user wanted to change
 * @param failure from the user pool
 * @returns the reason in words for the user
 */
export function report(user: User, what: string, failure: AccountFailure): string {
  const { problem: code, detail: message } = failure;
  const byUser = !OPERATOR.includes(code);
  logEvent({ type: 'account.failed', what, code, message, byUser, sub: user.sub });
  return textOf(failure);
}
