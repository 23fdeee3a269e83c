import { Hono } from 'hono';
import { html } from 'hono/html';
import { onDomain, type PoolContext, type PoolEnv, readForm } from '../http';
import { isSignedByPasskey } from '../passkeys/assert';
import { requestOptions } from '../passkeys/options';
import type { PasskeyVisit } from '../passkeys/passkey';
import { findPasskeyVisit } from '../passkeys/visits';
import type { PoolState } from '../state';
import type { Account } from '../users';
import { sentCredential, showCeremony } from './ceremony';
import { errorPage } from './error-page';

/** On the host that the passkey is for. Cognito's path isn't documented. */
export const USE = '/passkeys/use';

/**
 * The page that asks the browser for a passkey during a sign-in. It sets no session: it redirects
 * back to the step, in the browser that began it.
 *
 * @param pool the pool
 */
export function passkeyUseRoutes(pool: PoolState): Hono<PoolEnv> {
  const routes = new Hono<PoolEnv>();
  routes.get(USE, (c) => {
    const found = findPasskeyVisit(pool, c.req.query('ticket') ?? '', 'get');
    return found ? show(c, pool, found.visit, found.account) : expired(c);
  });
  routes.post(USE, async (c) => {
    const found = findPasskeyVisit(pool, c.req.query('ticket') ?? '', 'get');
    if (!found) return expired(c);
    const { visit, account } = found;
    const form = await readForm(c.req.raw);
    const isRight = isSignedByPasskey(pool, account, sentCredential(form));
    if (!isRight) return show(c, pool, visit, account, 'The passkey could not be used. Try again.');
    visit.passed = true;
    return c.redirect(onDomain(pool, '/passkeys/sign-in', new URLSearchParams(visit.query)), 302);
  });
  return routes;
}

function show(
  c: PoolContext,
  pool: PoolState,
  { clientId, query, redirectUri }: PasskeyVisit,
  account: Account,
  problem?: string,
) {
  const back = onDomain(pool, '/login', new URLSearchParams(query));
  return showCeremony(c, {
    kind: 'get',
    title: 'Sign in with a passkey',
    text: html`<p>Sign in as <strong>${account.username}</strong>.</p>`,
    options: requestOptions(pool, account, clientId),
    button: 'Continue with passkey',
    cancel: html`<p class="links"><a href="${back}">Sign in another way</a></p>`,
    problem,
    formTarget: redirectUri,
  });
}

function expired(c: PoolContext) {
  return errorPage(c, 400, 'Invalid session for the user, session is expired.');
}
