import type { Hono } from 'hono';
import { html, raw } from 'hono/html';
import { renderSVG } from 'uqr';
import type { PoolEnv } from '../http';
import type { PoolState } from '../state';
import { totpStep, totpUri } from '../totp';
import { backToSignIn, codeField, form, submitButton } from './form-parts';
import { nextStep } from './next-step';
import type { Step } from './pending-sign-in';
import { beginAgain, stepRoutes } from './steps';
import { type Answer, type Shown, showPage, type Visit } from './visit';

type SetupStep = Extract<Step, { kind: 'mfa-setup' }>;

/**
 * The page that sets up an authenticator app, if the pool requires one (`mfa: 'ON'`). The account
 * gets the secret only with the first right code.
 *
 * @param pool the pool
 */
export function mfaSetupRoutes(pool: PoolState): Hono<PoolEnv> {
  return stepRoutes(pool, { kind: 'mfa-setup', show, submit });
}

function submit(visit: Visit, step: SetupStep, sent: URLSearchParams): Answer {
  const { pool } = visit;
  const account = pool.users.find(step.username);
  // Another browser finished first, and its app is now the second factor.
  if (!account || account.mfa) return beginAgain(visit);
  const used = totpStep(step.secret, sent.get('authentication_code') ?? '', pool.now());
  if (used === null) {
    return show(visit, step, { problem: 'Code mismatch and fail enable Software Token MFA' });
  }
  account.mfa = { secret: step.secret, lastStep: used, enabled: true, preferred: true };
  return nextStep(visit, account, { secondFactor: true });
}

function show(visit: Visit, step: SetupStep, shown: Shown, status?: 200 | 403): Answer {
  const { say } = visit;
  // Safe without escaping: the library only draws modules and never inserts the text.
  const picture = raw(renderSVG(totpUri(step.secret, step.username), { border: 3 }));
  const fields = html`
      <p>${say('setupText')}</p>
      <div class="qr" role="img" aria-label="QR code">${picture}</div>
      <p class="soft">${say('secretKey')}: <code id="secret">${step.secret}</code></p>
      ${codeField(visit, shown, 'authentication_code', 'mfaCode')}
      ${submitButton(visit, 'associate', 'continue')}`;
  const body = html`${form(visit, fields)} ${backToSignIn(visit)}`;
  return showPage(visit, 'setupTitle', body, shown, status);
}
