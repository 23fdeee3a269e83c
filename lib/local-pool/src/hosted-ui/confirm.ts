import { Hono } from 'hono';
import { html } from 'hono/html';
import type { PoolEnv } from '../http';
import { CODE_PROBLEMS } from '../one-time-codes';
import { LIMIT_EXCEEDED } from '../rate-limits';
import type { PoolState } from '../state';
import type { Account } from '../users';
import { mailSignUpCode } from './code-emails';
import { errorPage } from './error-page';
import { backToSignIn, codeField, form, submitButton } from './form-parts';
import { respond } from './layout';
import { nextStep } from './next-step';
import type { Step } from './pending-sign-in';
import { beginAgain, beginStep, presentStep, stepRoutes } from './steps';
import { type Answer, goTo, onSubmit, onVisit, type Shown, showPage, type Visit } from './visit';

/**
 * The pages that confirm a new account: by code in the browser that signed up, which also signs it
 * in, or by the emailed link in any browser, which doesn't.
 *
 * @param pool the pool
 */
export function confirmRoutes(pool: PoolState): Hono<PoolEnv> {
  const routes = new Hono<PoolEnv>();
  routes.route('/', stepRoutes(pool, { kind: 'confirm', begins: '/signup', show, submit }));
  // At Cognito this is a link. Here it needs a POST, because a GET shouldn't send an email.
  routes.get(
    '/resendcode',
    onVisit(pool, (visit) => goTo(visit, '/confirm')),
  );
  routes.post(
    '/resendcode',
    onSubmit(pool, (visit) => goTo(visit, '/confirm'), resend),
  );
  routes.get('/confirmUser', (c) => {
    const { client_id = '', user_name = '', confirmation_code = '' } = c.req.query();
    if (!pool.clients.has(client_id)) return errorPage(c, 400, 'Required parameters missing');
    const account = pool.users.find(user_name);
    const problem = confirmByCode(pool, user_name, account, confirmation_code);
    if (problem !== null) return errorPage(c, 400, problem);
    const body = html`<h1>Your registration has been confirmed!</h1>
      <p>You can close this page and sign in on the site.</p>`;
    return respond(c, { status: 200, title: 'Confirmed', body });
  });
  return routes;
}

type ConfirmStep = Extract<Step, { kind: 'confirm' }>;

function show(visit: Visit, _: ConfirmStep, shown: Shown, status?: 200 | 403): Answer {
  const { say } = visit;
  const fields = html`
      ${codeField(visit, shown, 'confirmation_code', 'code')}
      ${submitButton(visit, 'confirm', 'confirm')}`;
  const again = html`<button class="second" type="submit" name="resend" value="yes">${say('resend')}</button>`;
  const body = html`
    ${form(visit, fields)}
    <div class="again"><p class="soft">${say('noCode')}</p> ${form(visit, again, { to: '/resendcode' })}</div>
    ${backToSignIn(visit)}`;
  return showPage(visit, 'confirmTitle', body, shown, status);
}

function submit(visit: Visit, step: ConfirmStep, sent: URLSearchParams): Answer {
  const account = visit.pool.users.find(step.username);
  const code = sent.get('confirmation_code') ?? '';
  const problem = confirmByCode(visit.pool, step.username, account, code);
  if (problem !== null || !account) return show(visit, step, { problem: problem ?? undefined });
  return nextStep(visit, account);
}

function resend(visit: Visit): Answer {
  const { pool, request } = visit;
  const step = presentStep(visit)?.step;
  const account = step?.kind === 'confirm' && pool.users.find(step.username);
  if (!account) return goTo(visit, '/confirm');
  if (account.status !== 'UNCONFIRMED') return beginAgain(visit, 'User is already confirmed.');
  const next = { kind: 'confirm', username: account.username } as const;
  if (!pool.rateLimits.allow('resend', account.username)) {
    return beginStep(visit, next, { problem: LIMIT_EXCEEDED });
  }
  mailSignUpCode(pool, account, request.client.clientId);
  return beginStep(visit, next, { notice: 'codeSent' });
}

/**
 * Confirms an account.
 *
 * @param pool the pool
 * @param username the username, which may not exist
 * @param account the account of that name, if there is one
 * @param code the code as typed, or from the link
 * @returns null, or Cognito's error message
 */
function confirmByCode(
  pool: PoolState,
  username: string,
  account: Account | undefined,
  code: string,
): string | null {
  if (!pool.rateLimits.allow('confirm', username)) return LIMIT_EXCEEDED;
  if (!account) return CODE_PROBLEMS.expired;
  if (account.status !== 'UNCONFIRMED') {
    return `User cannot be confirmed. Current status is ${account.status}`;
  }
  const result = pool.oneTimeCodes.check('sign-up', account.username, code);
  if (result !== 'right') return CODE_PROBLEMS[result];
  // An email address is an alias of only one account: the first one to verify it keeps it.
  const email = account.attributes.get('email') ?? '';
  if (pool.users.findForSignIn(email)) return 'An account with the email already exists.';
  account.attributes.set('email_verified', 'true');
  account.status = 'CONFIRMED';
  return null;
}
