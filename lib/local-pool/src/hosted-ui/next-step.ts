import { grantAuthorization } from '../authorize';
import { domainCookie } from '../cookies';
import { newTotpSecret } from '../totp';
import type { Account } from '../users';
import { beginHostedSession } from './hosted-session';
import { beginAgain, beginStep, endStep } from './steps';
import type { Answer, Visit } from './visit';

/**
 * Continues a sign-in after a step: with the next required step, in Cognito's order, or back to the
 * app with a code.
 *
 * @param visit the request
 * @param account the user, whose password was right
 * @param passed whether the user also entered a right code from the authenticator app
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
  // Only shown after the right password. When Cognito shows it isn't documented.
  if (status === 'RESET_REQUIRED') return beginAgain(visit, 'Password reset required for the user');
  if (status === 'FORCE_CHANGE_PASSWORD') {
    return beginStep(visit, { kind: 'new-password', username });
  }
  if (!passed.secondFactor && mode !== 'OFF') {
    // Whether a pool that requires MFA asks for an app that is turned off isn't documented.
    if (mfa && (mfa.enabled || mode === 'ON')) return beginStep(visit, { kind: 'mfa', username });
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
  // Cognito sets two cookies of this name. Our second one keeps the old value, so that a form open
  // in another tab still works.
  const expired = '; Expires=Thu, 01 Jan 1970 00:00:00 GMT';
  c.header('Set-Cookie', domainCookie(pool, 'XSRF-TOKEN', '""', expired), { append: true });
  c.header('Set-Cookie', domainCookie(pool, 'page-data', '""', expired), { append: true });
  c.header('Set-Cookie', cookie, { append: true });
  const callback = await grantAuthorization(pool, visit.request, account, session.authTime);
  return c.redirect(callback, 302);
}
