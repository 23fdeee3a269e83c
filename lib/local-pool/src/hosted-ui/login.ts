import { Hono } from 'hono';
import { grantAuthorization } from '../authorize';
import type { PoolEnv } from '../http';
import type { PoolState } from '../state';
import type { PasswordCheck } from '../users';
import { readHostedSession } from './hosted-session';
import { nextStep } from './next-step';
import { beginPasskey } from './passkey-step';
import { showSignIn } from './sign-in-page';
import { endStep, presentStep } from './steps';
import { onSubmit, onVisit, refuseProvider, type Visit } from './visit';

/**
 * The sign-in page. GET and POST use the same URL with the same query.
 *
 * Like /oauth2/authorize, it checks client and callback URL before the session. It never signs a
 * user in without asking (facts, section 2).
 *
 * @param pool the pool
 */
export function loginRoutes(pool: PoolState): Hono<PoolEnv> {
  const routes = new Hono<PoolEnv>();

  routes.get(
    '/login',
    onVisit(pool, (visit) => {
      const session = readHostedSession(pool, visit.c.req.raw);
      const signsInAgain = visit.request.prompts.includes('login');
      const told = presentStep(visit);
      // Opening this page restarts the sign-in.
      endStep(visit);
      return showSignIn(visit, {
        continueAs: session && !signsInAgain ? session.account.username : undefined,
        username: loginHint(visit),
        ...(told?.step.kind === 'login' && { problem: told.problem, notice: told.notice }),
      });
    }),
  );

  routes.post(
    '/login',
    onSubmit(pool, showSignIn, (visit, form) => {
      if (form.has('continueSession')) return continueSession(visit);
      // The page has no password form for this client.
      if (!visit.request.client.identityProviders.includes('COGNITO'))
        return refuseProvider(visit.c);
      const username = form.get('username') ?? '';
      if (form.has('passkey')) return beginPasskey(visit, username);
      const check = pool.users.checkPassword(username, form.get('password') ?? '');
      if (check.kind === 'right') return nextStep(visit, check.account);
      return showSignIn(visit, { username, problem: problemOf(check, visit) });
    }),
  );

  return routes;
}

/** Cognito's error messages (facts, section 3). */
function problemOf(check: Extract<PasswordCheck, { kind: 'refused' }>, visit: Visit): string {
  if (check.reason === 'locked') return 'Password attempts exceeded';
  if (check.reason === 'disabled') return 'User is disabled.';
  const isTold = visit.request.client.preventUserExistenceErrors === 'LEGACY';
  if (check.reason === 'unknown' && isTold) return 'User does not exist.';
  return 'Incorrect username or password.';
}

async function continueSession(visit: Visit) {
  const session = readHostedSession(visit.pool, visit.c.req.raw);
  if (!session) return showSignIn(visit, {});
  const { account, authTime } = session;
  const callback = await grantAuthorization(visit.pool, visit.request, account, authTime);
  return visit.c.redirect(callback, 302);
}

/** Managed login prefills the field; the classic hosted UI doesn't support the parameter. */
function loginHint({ pool, query }: Visit): string | undefined {
  return pool.settings.hostedUi === 'managed' ? (query.get('login_hint') ?? undefined) : undefined;
}
