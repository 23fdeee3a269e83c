import { getSite, type User } from '@/lib/cognito';

/** What a user changed. */
export type AccountChange =
  | 'profile'
  | 'email'
  | 'phone'
  | 'password'
  | 'two-factor-on'
  | 'two-factor-off'
  | 'passkey-added'
  | 'passkey-deleted'
  | 'deleted';

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
 * until then, `npm run dev` puts it into the local pool's outbox, and a site in production sends nothing.
 *
 * @param user as before the change: a message about a new email address must go to the old one
 * @param what changed
 */
export async function notify({ email, emailVerified }: User, what: AccountChange): Promise<void> {
  const subject = SUBJECTS[what];
  if (!subject || !email || !emailVerified) return;
  const text = `${subject}. If it wasn’t you, contact us.`;
  if (process.env.NODE_ENV === 'development') await toOutbox({ to: email, subject, text });
}

/** Only the local pool has an outbox, and it runs on this machine. */
async function toOutbox(message: Readonly<Record<string, string>>): Promise<void> {
  const site = getSite();
  if (!site.ok || new URL(site.config.domain).hostname !== '127.0.0.1') return;
  await fetch(`${site.config.domain}/local-outbox`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(message),
    signal: AbortSignal.timeout(2000),
  });
}
