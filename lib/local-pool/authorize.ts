import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import {
  type AuthorizationRequest,
  type CheckedRequest,
  checkAuthorization,
  toCallback,
} from './authorization-request';
import { errorPage } from './hosted-ui/error-page';
import { readHostedSession } from './hosted-ui/hosted-session';
import { onDomain, type PoolContext, type PoolEnv } from './http';
import type { PoolState } from './state';
import type { Account } from './users';

/** Five minutes (facts, section 3). */
const CODE_SECONDS = 300;

/**
 * GET /oauth2/authorize with its old alias, and the page that errors without a way back end on.
 *
 * @param pool the pool
 */
export function authorizeRoutes(pool: PoolState): Hono<PoolEnv> {
  const routes = new Hono<PoolEnv>();
  const authorize = (c: PoolContext) => {
    const query = new URL(c.req.url).searchParams;
    return c.redirect(nextStop(pool, checkAuthorization(pool, query), query, c.req.raw), 302);
  };
  routes.get('/oauth2/authorize', authorize);
  routes.get('/authorize', authorize);
  routes.get('/error', (c) => {
    const reason = c.req.query('error') ?? '';
    return errorPage(c, 400, reason);
  });
  return routes;
}

function nextStop(
  pool: PoolState,
  checked: CheckedRequest,
  query: URLSearchParams,
  browser: Request,
): string {
  if (checked.kind === 'refused') return checked.location;
  const { request } = checked;
  const login = onDomain(pool, '/login', query);
  if (!isProviderAvailable(request, query)) return login;

  const session = readHostedSession(pool, browser);
  // The classic hosted UI knows no prompt (facts, section 2).
  const prompts = pool.settings.hostedUi === 'managed' ? request.prompts : [];
  if (session && !prompts.includes('login')) {
    return grantCode(pool, request, session.account, session.authTime);
  }
  if (prompts.includes('none')) {
    return toCallback(request.redirectUri, { error: 'login_required', state: request.state });
  }
  return login;
}

/**
 * Whether the asked identity provider is one that these pages can offer. Cognito redirects to
 * /login even if it isn't, and refuses there.
 *
 * @param request the checked request
 * @param query of the same request
 */
export function isProviderAvailable(
  request: AuthorizationRequest,
  query: URLSearchParams,
): boolean {
  const asked = query.get('identity_provider') ?? query.get('idp_identifier');
  // Without a wish the sign-in page offers what there is.
  if (asked === null) return true;
  return asked === 'COGNITO' && request.client.identityProviders.includes('COGNITO');
}

/**
 * Makes an authorization code.
 *
 * @param pool the pool
 * @param request what was asked
 * @param account who it is for
 * @param authTime when that person signed in, epoch seconds; a silent authorize keeps the old time
 * @returns the callback's address with `code` and `state`
 */
export function grantCode(
  pool: PoolState,
  request: AuthorizationRequest,
  account: Account,
  authTime: number,
): string {
  const code = randomUUID();
  // Federated users get a nonce made up by Cognito if none was sent (facts, section 9).
  const madeUpNonce = account.identities.length > 0 ? randomUUID() : undefined;
  pool.codes.set(code, {
    clientId: request.client.clientId,
    redirectUri: request.redirectUri,
    username: account.username,
    scopes: request.scopes,
    authTime,
    expiresAt: pool.now() + CODE_SECONDS,
    nonce: request.nonce ?? madeUpNonce,
    codeChallenge: request.codeChallenge,
    resource: request.resource,
  });
  return toCallback(request.redirectUri, { code, state: request.state });
}
