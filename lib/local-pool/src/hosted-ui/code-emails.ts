import { onDomain } from '../http';
import type { PoolState } from '../state';
import type { Account } from '../users';

/**
 * Puts the code that confirms a new account into the outbox, with a link that confirms it too.
 *
 * @param pool the pool
 * @param account the account whose email address is to be verified
 * @param clientId the app client through which the user signed up
 */
export function mailSignUpCode(pool: PoolState, account: Account, clientId: string): void {
  const code = pool.oneTimeCodes.issue('sign-up', account.username);
  pool.outbox.send({
    at: pool.now(),
    to: account.attributes.get('email') ?? '',
    subject: 'Your verification code',
    text: `Your confirmation code is ${code}.`,
    code,
    link: onDomain(pool, '/confirmUser', {
      client_id: clientId,
      user_name: account.username,
      confirmation_code: code,
    }),
  });
}

/**
 * Puts the code for a new password into the outbox. A name that no user has gets a code too, which
 * isn't sent: the next steps must look the same.
 *
 * @param pool the pool
 * @param name the username as typed
 * @param account the user who gets the email, if there is one
 */
export function mailResetCode(pool: PoolState, name: string, account: Account | undefined): void {
  const code = pool.oneTimeCodes.issue('forgot', name);
  if (!account) return;
  pool.outbox.send({
    at: pool.now(),
    to: account.attributes.get('email') ?? '',
    subject: 'Your password reset code',
    text: `Your password reset code is ${code}.`,
    code,
  });
}
