import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import {
  type AuthorizationRequest,
  type CheckedRequest,
  checkAuthorization,
  toCallback,
} from './authorization-request';
import { askedProvider, resumesSession } from './federation/asked-provider';
import { beginRoundTrip, noRoundTrip } from './federation/round-trip';
import { errorPage } from './hosted-ui/error-page';
import { readHostedSession } from './hosted-ui/hosted-session';
import { onDomain, type PoolContext, type PoolEnv } from './http';
import { grantTokens } from './implicit-grant';
import type { PoolState } from './state';
import type { Account } from './users';

/** How long a code is valid: five minutes (facts, section 3). */
const CODE_SECONDS = 300;

/**
 * GET /oauth2/authorize, its old alias, and the page for errors that don't go back to the app.
 *
 * @param pool the pool
 */
export function authorizeRoutes(pool: PoolState): Hono<PoolEnv> {
  const routes = new Hono<PoolEnv>();
  const authorize = async (c: PoolContext) => {
    const query = new URL(c.req.url).searchParams;
    const stop = await nextStop(pool, checkAuthorization(pool, query), query, c.req.raw);
    for (const cookie of stop.cookies) c.header('Set-Cookie', cookie, { append: true });
    return c.redirect(stop.location, 302);
  };
  routes.get('/oauth2/authorize', authorize);
  routes.get('/authorize', authorize);
  routes.get('/error', (c) => {
    const reason = c.req.query('error') ?? '';
    return errorPage(c, 400, reason);
  });
  return routes;
}

/** Where the browser is redirected, and the cookies to set. */
interface Stop {
  location: string;
  cookies: readonly string[];
}

async function nextStop(
  pool: PoolState,
  checked: CheckedRequest,
  query: URLSearchParams,
  browser: Request,
): Promise<Stop> {
  const stay = (location: string): Stop => ({ location, cookies: noRoundTrip(pool) });
  if (checked.kind === 'refused') return stay(checked.location);
  const { request } = checked;
  const asked = askedProvider(pool, request, query);
  const login = onDomain(pool, '/login', query);
  if (asked.kind === 'unavailable') return stay(login);

  const session = readHostedSession(pool, browser);
  // The classic hosted UI ignores `prompt` (facts, section 2).
  const prompts = pool.settings.hostedUi === 'managed' ? request.prompts : [];
  // `select_account` and `consent` only matter to an external provider.
  const asksAgain = prompts.some((prompt) => {
    return prompt === 'login' || (prompt !== 'none' && asked.kind === 'external');
  });
  if (session && !asksAgain && resumesSession(asked, session.provider)) {
    return stay(await grantAuthorization(pool, request, session.account, session.authTime));
  }
  if (prompts.includes('none')) {
    const { redirectUri, state } = request;
    return stay(toCallback(redirectUri, { error: 'login_required', state }));
  }
  return asked.kind === 'external' ? beginRoundTrip(pool, asked.provider, query) : stay(login);
}

/**
 * Whether the client supports the requested identity provider. If it doesn't, Cognito still
 * redirects to /login and refuses there.
 *
 * @param pool the pool
 * @param request the checked request
 * @param query the query of the same request
 */
export function isProviderAvailable(
  pool: PoolState,
  request: AuthorizationRequest,
  query: URLSearchParams,
): boolean {
  return askedProvider(pool, request, query).kind !== 'unavailable';
}

/**
 * Grants a request with a code, or with tokens for `response_type=token`.
 *
 * @param pool the pool
 * @param request the authorization request
 * @param account the user
 * @param authTime when the user signed in, in epoch seconds; a silent authorize keeps the old time
 * @returns the callback URL with the result and `state`
 */
export async function grantAuthorization(
  pool: PoolState,
  request: AuthorizationRequest,
  account: Account,
  authTime: number,
): Promise<string> {
  // If the site sent no nonce, Cognito generates one for federated users (facts, section 9).
  const generatedNonce = account.identities.length > 0 ? randomUUID() : undefined;
  const nonce = request.nonce ?? generatedNonce;
  if (request.responseType === 'token') {
    return await grantTokens(pool, request, account, { authTime, nonce });
  }
  const code = randomUUID();
  pool.codes.set(code, {
    clientId: request.client.clientId,
    redirectUri: request.redirectUri,
    username: account.username,
    scopes: request.scopes,
    authTime,
    expiresAt: pool.now() + CODE_SECONDS,
    nonce,
    codeChallenge: request.codeChallenge,
    resource: request.resource,
  });
  return toCallback(request.redirectUri, { code, state: request.state });
}
