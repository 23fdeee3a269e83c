import { Hono } from 'hono';
import { html } from 'hono/html';
import type { PoolEnv } from '../http';
import { CODE_PROBLEMS } from '../one-time-codes';
import { passwordFault } from '../password-policy';
import { LIMIT_EXCEEDED } from '../rate-limits';
import type { PoolState } from '../state';
import type { Account } from '../users';
import { changePassword } from './change-password';
import { mailResetCode } from './code-emails';
import {
  backToSignIn,
  codeField,
  form,
  newPasswordField,
  ownerOfPassword,
  submitButton,
  usernameField,
} from './form-parts';
import type { Step } from './pending-sign-in';
import { beginStep, stepRoutes } from './steps';
import { type Answer, onSubmit, onVisit, type Shown, showPage, type Visit } from './visit';

/**
 * The forgotten-password pages: the first one sends a code, the second one takes it with a new
 * password. Both respond the same for a name that no user has, unless the app client is LEGACY.
 *
 * @param pool the pool
 */
export function forgotRoutes(pool: PoolState): Hono<PoolEnv> {
  const routes = new Hono<PoolEnv>();
  routes.get(
    '/forgotPassword',
    onVisit(pool, (visit) => showForgot(visit, {})),
  );
  routes.post('/forgotPassword', onSubmit(pool, showForgot, sendCode));
  const aliases = ['/confirmForgotPassword'];
  const page = { kind: 'reset', begins: '/forgotPassword', aliases } as const;
  routes.route('/', stepRoutes(pool, { ...page, show: showReset, submit: reset }));
  return routes;
}

function sendCode(visit: Visit, sent: URLSearchParams): Answer {
  const { pool, request } = visit;
  const username = sent.get('username') ?? '';
  if (!pool.rateLimits.allow('forgot', username)) {
    return showForgot(visit, { problem: LIMIT_EXCEEDED, sent });
  }
  const account = pool.users.findForSignIn(username);
  const refusal = refusalOf(account);
  if (refusal !== null && request.client.preventUserExistenceErrors === 'LEGACY') {
    return showForgot(visit, { problem: refusal, sent });
  }
  mailResetCode(pool, username, refusal === null ? account : undefined);
  return beginStep(visit, { kind: 'reset', username }, { notice: 'codeSent' });
}

/** Why this password can't be reset by email (facts, section 3, and API reference). */
function refusalOf(account: Account | undefined): string | null {
  if (account?.password === undefined) return 'Username/client id combination not found.';
  if (!account.enabled) return 'User is disabled.';
  if (account.status === 'FORCE_CHANGE_PASSWORD') {
    return 'User password cannot be reset in the current state.';
  }
  if (account.attributes.get('email_verified') !== 'true') {
    return 'Cannot reset password for the user as there is no registered/verified email or phone_number';
  }
  return null;
}

type ResetStep = Extract<Step, { kind: 'reset' }>;

function reset(visit: Visit, step: ResetStep, sent: URLSearchParams): Answer {
  const { pool } = visit;
  const again = (problem: string) => showReset(visit, step, { problem });
  const password = sent.get('new_password') ?? '';
  if (!pool.rateLimits.allow('confirm', step.username)) return again(LIMIT_EXCEEDED);
  const fault = passwordFault(pool.settings.passwordPolicy, password);
  if (fault !== null) return again(fault);
  const code = sent.get('confirmation_code') ?? '';
  const result = pool.oneTimeCodes.check('forgot', step.username, code);
  if (result !== 'right') return again(CODE_PROBLEMS[result]);

  const account = pool.users.findForSignIn(step.username);
  // This code was never sent, or the account has changed since it was sent.
  if (!account || refusalOf(account) !== null) return again(CODE_PROBLEMS.expired);
  changePassword(pool, account, password);
  return beginStep(visit, { kind: 'login' }, { notice: 'passwordChanged' });
}

function showForgot(visit: Visit, shown: Shown, status?: 200 | 403): Answer {
  const fields = html`
      <p>${visit.say('forgotText')}</p>
      ${usernameField(visit, shown)}
      ${submitButton(visit, 'reset_my_password', 'sendCode')}`;
  const body = html`${form(visit, fields)} ${backToSignIn(visit)}`;
  return showPage(visit, 'forgotTitle', body, shown, status);
}

function showReset(visit: Visit, step: ResetStep, shown: Shown, status?: 200 | 403): Answer {
  const fields = html`
      ${codeField(visit, shown, 'confirmation_code', 'code')}
      ${ownerOfPassword(step.username)}
      ${newPasswordField(visit, shown, 'new_password', 'newPassword')}
      ${submitButton(visit, 'reset_password', 'changePassword')}`;
  const body = html`${form(visit, fields)} ${backToSignIn(visit)}`;
  return showPage(visit, 'forgotTitle', body, shown, status);
}
