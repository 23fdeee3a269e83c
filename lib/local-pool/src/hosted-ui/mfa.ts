import type { Hono } from 'hono';
import { html } from 'hono/html';
import type { PoolEnv } from '../http';
import type { PoolState } from '../state';
import { totpStep } from '../totp';
import { backToSignIn, codeField, form, submitButton } from './form-parts';
import type { Html } from './layout';
import { nextStep } from './next-step';
import type { Step } from './pending-sign-in';
import { beginAgain, stepRoutes } from './steps';
import { type Answer, type Shown, showPage, type Visit } from './visit';

type MfaStep = Extract<Step, { kind: 'mfa' }>;

/**
 * The challenge after the password, for users with an authenticator app. Each code is accepted once
 * (RFC 6238, 5.2), and a wrong code counts like a wrong password.
 *
 * @param pool the pool
 */
export function mfaRoutes(pool: PoolState): Hono<PoolEnv> {
  return stepRoutes(pool, { kind: 'mfa', show, submit });
}

function submit(visit: Visit, step: MfaStep, sent: URLSearchParams): Answer {
  const { pool } = visit;
  const account = pool.users.find(step.username);
  if (!account?.mfa) return beginAgain(visit);
  if (pool.users.isLocked(account)) return beginAgain(visit, 'Password attempts exceeded');
  const used = totpStep(account.mfa.secret, sent.get('authentication_code') ?? '', pool.now());
  if (used === null || used <= account.mfa.lastStep) {
    pool.users.countFailure(account);
    return show(visit, step, { problem: 'Invalid code received for user' });
  }
  account.mfa.lastStep = used;
  return nextStep(visit, account, { secondFactor: true });
}

function show(visit: Visit, _: MfaStep, shown: Shown, status?: 200 | 403): Answer {
  const fields = html`
      <p>${visit.say('mfaText')}</p>
      ${codeField(visit, shown, 'authentication_code', 'mfaCode')}
      ${submitButton(visit, 'signInSubmitButton', 'continue')}`;
  const body = html`${form(visit, fields)} ${whereCodesAre()} ${backToSignIn(visit)}`;
  return showPage(visit, 'mfaTitle', body, shown, status);
}

/** Cognito doesn't say this: the test users have no authenticator app. */
function whereCodesAre(): Html {
  return html`<p class="soft" lang="en">The test users’ current codes are in the
        <a href="/local-outbox#apps" target="_blank">Outbox</a>, which opens in a new tab.</p>`;
}
