import { grantAuthorization } from '../authorize';
import { domainCookie } from '../cookies';
import { newTotpSecret } from '../totp';
import type { Account } from '../users';
import { beginHostedSession } from './hosted-session';
import { beginAgain, beginStep, endStep } from './steps';
import type { Answer, Visit } from './visit';

/**
 * Goes on after a step was passed: to what still stands between the user and the sign-in, in
 * Cognito's order, or back to the app with a code.
 *
 * @param visit the request
 * @param account who proved the password
 * @param passed whether the code of the authenticator app was right
 */
export function nextStep(
  visit: Visit,
  account: Account,
  passed: { secondFactor: boolean } = { secondFactor: false },
): Answer {
  const { username, status, mfa } = account;
  const mode = visit.pool.settings.mfa;
  if (!account.enabled) return beginAgain(visit, 'User is disabled.');
  if (status === 'UNCONFIRMED') {
    return beginStep(visit, { kind: 'confirm', username }, { problem: 'User is not confirmed.' });
  }
  // Told to those alone who know the password; when Cognito tells it is not documented.
  if (status === 'RESET_REQUIRED') return beginAgain(visit, 'Password reset required for the user');
  if (status === 'FORCE_CHANGE_PASSWORD') {
    return beginStep(visit, { kind: 'new-password', username });
  }
  if (!passed.secondFactor && mode !== 'OFF') {
    if (mfa) return beginStep(visit, { kind: 'mfa', username });
    if (mode === 'ON') {
      return beginStep(visit, { kind: 'mfa-setup', username, secret: newTotpSecret() });
    }
  }
  return signIn(visit, account);
}

async function signIn(visit: Visit, account: Account): Promise<Response> {
  const { pool, c } = visit;
  pool.users.forgive(account);
  endStep(visit);
  const { session, cookie } = beginHostedSession(pool, account);
  // Two cookies of one name, as recorded. Ours has the same value again: another tab with the
  // form open must not fail because this one succeeded.
  const expired = '; Expires=Thu, 01 Jan 1970 00:00:00 GMT';
  c.header('Set-Cookie', domainCookie(pool, 'XSRF-TOKEN', '""', expired), { append: true });
  c.header('Set-Cookie', domainCookie(pool, 'page-data', '""', expired), { append: true });
  c.header('Set-Cookie', cookie, { append: true });
  const callback = await grantAuthorization(pool, visit.request, account, session.authTime);
  return c.redirect(callback, 302);
}
