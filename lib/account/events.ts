import { type AccountFailure, type AccountProblem, logEvent, type User } from '@/lib/cognito';
import { type AccountChange, notify } from './notify';
import { textOf } from './problem-texts';

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
