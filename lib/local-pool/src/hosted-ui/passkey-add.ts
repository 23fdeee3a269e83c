import { Hono } from 'hono';
import { html } from 'hono/html';
import { onDomain, type PoolContext, type PoolEnv, readForm } from '../http';
import { creationOptions } from '../passkeys/options';
import type { PasskeyVisit } from '../passkeys/passkey';
import { registerPasskey } from '../passkeys/register';
import { passkeyOrigin, takesPasskeys } from '../passkeys/relying-party';
import { beginPasskeyVisit, findPasskeyVisit } from '../passkeys/visits';
import type { PoolState } from '../state';
import type { Account } from '../users';
import { sentCredential, showCeremony } from './ceremony';
import { errorPage } from './error-page';
import { readHostedSession } from './hosted-session';

/** On the host that the passkey is for. Cognito's page is at /passkeys/add itself. */
const CREATE = '/passkeys/create';

/**
 * Managed login's page that adds a passkey: GET /passkeys/add. It redirects to the app's callback
 * URL with `result`, without a code or state (account facts, section 6).
 *
 * @param pool the pool
 */
export function passkeyAddRoutes(pool: PoolState): Hono<PoolEnv> {
  const routes = new Hono<PoolEnv>();
  routes.get('/passkeys/add', (c, next) => (takesPasskeys(pool) ? admit(pool, c) : next()));
  routes.get(CREATE, (c) =>
    onTicket(pool, c, ({ visit, account }) => show(c, pool, visit, account)),
  );
  routes.post(CREATE, (c) =>
    onTicket(pool, c, async ({ visit, account }, ticket) => {
      const form = await readForm(c.req.raw);
      const leave = (result: string) => {
        pool.passkeyVisits.delete(ticket);
        return c.redirect(withResult(visit.redirectUri, result), 302);
      };
      // What Cognito sends for "Not now" isn't documented.
      if (form.has('cancel')) return leave('cancelled');
      const failure = form.get('failure') ?? '';
      if (failure !== '') return show(c, pool, visit, account, `The browser refused: ${failure}.`);
      const added = registerPasskey(pool, account, visit.clientId, sentCredential(form));
      return 'kind' in added ? show(c, pool, visit, account, added.message) : leave('success');
    }),
  );
  return routes;
}

function admit(pool: PoolState, c: PoolContext): Response | Promise<Response> {
  const client = pool.clients.get(c.req.query('client_id') ?? '');
  const redirectUri = c.req.query('redirect_uri');
  if (!client) return errorPage(c, 400, 'Missing required parameter client_id');
  if (redirectUri === undefined) {
    return errorPage(c, 400, 'Missing required parameter redirect_uri');
  }
  const { clientId } = client;
  if (!client.redirectUris.includes(redirectUri)) {
    return c.redirect(
      onDomain(pool, '/error', { error: 'redirect_mismatch', client_id: clientId }),
    );
  }
  const session = readHostedSession(pool, c.req.raw);
  if (!session) return c.redirect(withResult(redirectUri, 'invalid_session'), 302);
  const { username } = session.account;
  const ticket = beginPasskeyVisit(pool, {
    purpose: 'create',
    username,
    clientId,
    redirectUri,
    query: '',
  });
  return c.redirect(`${passkeyOrigin(pool)}${CREATE}?ticket=${ticket}`, 302);
}

type Found = { visit: PasskeyVisit; account: Account };

async function onTicket(
  pool: PoolState,
  c: PoolContext,
  then: (found: Found, ticket: string) => Response | Promise<Response>,
): Promise<Response> {
  const ticket = c.req.query('ticket') ?? '';
  const found = findPasskeyVisit(pool, ticket, 'create');
  return found ? await then(found, ticket) : await errorPage(c, 400, 'invalid_session');
}

function show(
  c: PoolContext,
  pool: PoolState,
  { clientId, redirectUri }: PasskeyVisit,
  account: Account,
  problem?: string,
) {
  return showCeremony(c, {
    kind: 'create',
    title: 'Set up sign-in with a passkey',
    text: html`<p>You are signed in as <strong>${account.username}</strong>. With a passkey, you sign in
      with your fingerprint, face or screen lock.</p>`,
    options: creationOptions(pool, account, clientId),
    button: 'Add passkey',
    cancel: html`<button class="second wide passkey" type="submit" name="cancel" value="yes">Not now</button>`,
    problem,
    formTarget: redirectUri,
  });
}

function withResult(redirectUri: string, result: string): string {
  return `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${new URLSearchParams({ result })}`;
}
