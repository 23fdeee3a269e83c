import { onDomain } from '../http';
import type { PoolState } from '../state';
import type { Account } from '../users';

/**
 * "Sends" the code that confirms a new account, with a link that does the same.
 *
 * @param pool the pool
 * @param account whose e-mail address is to be verified
 * @param clientId the app client through which it was made
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
 * "Sends" the code that sets a new password. A name that is nobody's gets a code too, which goes
 * nowhere: what follows must be the same.
 *
 * @param pool the pool
 * @param name as typed
 * @param account who gets the mail, if anybody
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
