import type { Hono } from 'hono';
import type { PoolEnv } from '../http';
import { passkeyOrigin, takesPasskeys } from '../passkeys/relying-party';
import { beginPasskeyVisit } from '../passkeys/visits';
import type { PoolState } from '../state';
import { nextStep } from './next-step';
import { USE } from './passkey-use';
import type { Step } from './pending-sign-in';
import { showSignIn } from './sign-in-page';
import { beginAgain, beginStep, stepRoutes } from './steps';
import type { Answer, Visit } from './visit';

type PasskeyStep = Extract<Step, { kind: 'passkey' }>;

/**
 * The step of a sign-in with a passkey. It has no page: it redirects to the one that asks the
 * browser, and finishes the sign-in when that page redirects back. Only the browser that began it
 * can finish it.
 *
 * @param pool the pool
 */
export function passkeyStepRoutes(pool: PoolState): Hono<PoolEnv> {
  return stepRoutes(pool, { kind: 'passkey', show: advance, submit: advance });
}

/**
 * Starts a sign-in with a passkey. As in managed login, the username comes first.
 *
 * @param visit the request
 * @param name the username, or a verified email address
 */
export function beginPasskey(visit: Visit, name: string): Answer {
  const { pool, request, query } = visit;
  const account = takesPasskeys(pool) ? pool.users.findForSignIn(name) : undefined;
  if (!account || account.passkeys.length === 0) {
    // Cognito's text isn't documented.
    return showSignIn(visit, { username: name, problem: 'This user has no passkey.' });
  }
  const { username } = account;
  const { client, redirectUri } = request;
  const { clientId } = client;
  const ticket = beginPasskeyVisit(pool, {
    purpose: 'get',
    username,
    clientId,
    redirectUri,
    query: `${query}`,
  });
  return beginStep(visit, { kind: 'passkey', username, ticket });
}

/** Whether a user with an authenticator app also needs its code isn't documented. Here, yes. */
function advance(visit: Visit, { username, ticket }: PasskeyStep): Answer {
  const { pool, c } = visit;
  const account = pool.users.find(username);
  const asked = pool.passkeyVisits.get(ticket);
  if (!account || !asked || pool.now() >= asked.expiresAt) return beginAgain(visit);
  if (!asked.passed) return c.redirect(`${passkeyOrigin(pool)}${USE}?ticket=${ticket}`, 302);
  pool.passkeyVisits.delete(ticket);
  return nextStep(visit, account);
}
