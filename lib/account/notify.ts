import type { User } from '@/lib/cognito';
import type { AccountChange } from './change';

/** The changes that the user must hear of: with them, a thief could take over the account. */
const SUBJECTS: Partial<Record<AccountChange, string>> = {
  email: 'Your email address was changed',
  phone: 'Your phone number was changed',
  password: 'Your password was changed',
  'two-factor-on': 'Two-factor authentication was turned on',
  'two-factor-off': 'Two-factor authentication was turned off',
  'passkey-added': 'A passkey was added',
  'passkey-deleted': 'A passkey was deleted',
  deleted: 'Your account was deleted',
};

/**
 * Tells a user about a change of their account. Cognito sends no such messages. Send one with your email service here;
 * until then, `npm run dev` prints what would be sent.
 *
 * @param user as before the change: a message about a new email address must go to the old one
 * @param what changed
 */
export async function notify({ email, emailVerified }: User, what: AccountChange): Promise<void> {
  const subject = SUBJECTS[what];
  if (!subject || !email || !emailVerified) return;
  if (process.env.NODE_ENV !== 'development') return;
  console.warn(`Email to ${email}: ${subject}. If it wasn’t you, contact us.`);
}
