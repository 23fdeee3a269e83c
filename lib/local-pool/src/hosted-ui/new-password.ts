import type { Hono } from 'hono';
import { html } from 'hono/html';
import type { PoolEnv } from '../http';
import { passwordFault } from '../password-policy';
import type { PoolState } from '../state';
import { changePassword } from './change-password';
import { emailFault } from './email';
import {
  backToSignIn,
  emailField,
  form,
  newPasswordField,
  ownerOfPassword,
  submitButton,
} from './form-parts';
import { nextStep } from './next-step';
import type { Step } from './pending-sign-in';
import { beginAgain, stepRoutes } from './steps';
import { type Answer, type Shown, showPage, type Visit } from './visit';

type NewPasswordStep = Extract<Step, { kind: 'new-password' }>;

/**
 * The page after a temporary password (FORCE_CHANGE_PASSWORD). It asks for a new password, and for
 * the email address if the account has none, because that is a required attribute.
 *
 * @param pool the pool
 */
export function newPasswordRoutes(pool: PoolState): Hono<PoolEnv> {
  return stepRoutes(pool, { kind: 'new-password', show, submit });
}

function submit(visit: Visit, step: NewPasswordStep, sent: URLSearchParams): Answer {
  const { pool } = visit;
  const account = pool.users.find(step.username);
  if (account?.status !== 'FORCE_CHANGE_PASSWORD') return beginAgain(visit);
  const password = sent.get('new_password') ?? '';
  const email = (sent.get('requiredAttributes[email]') ?? '').trim();
  const needsEmail = !account.attributes.has('email');
  const fault =
    (needsEmail ? emailFault(email) : null) ??
    passwordFault(pool.settings.passwordPolicy, password);
  if (fault !== null) return show(visit, step, { problem: fault, sent });
  if (needsEmail) account.attributes.set('email', email).set('email_verified', 'false');
  changePassword(pool, account, password);
  return nextStep(visit, account);
}

function show(visit: Visit, step: NewPasswordStep, shown: Shown, status?: 200 | 403): Answer {
  const needsEmail = !visit.pool.users.find(step.username)?.attributes.has('email');
  const fields = html`
      ${needsEmail ? emailField(visit, shown) : ''}
      ${ownerOfPassword(step.username)}
      ${newPasswordField(visit, shown, 'new_password', 'newPassword')}
      ${submitButton(visit, 'reset_password', 'changePassword')}`;
  const body = html`${form(visit, fields)} ${backToSignIn(visit)}`;
  return showPage(visit, 'newPasswordTitle', body, shown, status);
}
