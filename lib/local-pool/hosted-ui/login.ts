import { Hono } from 'hono';
import { type AuthorizationRequest, checkAuthorization } from '../authorization-request';
import { grantCode, isProviderAvailable } from '../authorize';
import { domainCookie } from '../cookies';
import { type PoolContext, type PoolEnv, readForm } from '../http';
import type { PoolState } from '../state';
import { beginHostedSession, readHostedSession } from './hosted-session';
import { signInPage } from './pages';

/**
 * The sign-in page, GET and POST at the same address with the same query.
 *
 * Opened directly it checks client and callback URL like /oauth2/authorize, before it looks at a
 * session, and it is never silent (facts, section 2).
 *
 * @param pool the pool
 */
export function loginRoutes(pool: PoolState): Hono<PoolEnv> {
  const routes = new Hono<PoolEnv>();

  routes.get('/login', (c) => {
    const opened = openLogin(pool, c);
    if (opened instanceof Response) return opened;
    const session = readHostedSession(pool, c.req.raw);
    const signsInAgain = opened.prompts.includes('login');
    return showForm(pool, c, opened, {
      continueAs: session && !signsInAgain ? session.account.username : undefined,
      username: loginHint(pool, c),
    });
  });

  routes.post('/login', async (c) => {
    const opened = openLogin(pool, c);
    if (opened instanceof Response) return opened;
    const form = await readForm(c.req.raw);
    if (form.get('_csrf') !== c.get('xsrfToken')) {
      return showForm(pool, c, opened, { problem: 'Something went wrong. Please try again.' }, 403);
    }
    if (form.has('continueSession')) return continueSession(pool, c, opened);

    const username = form.get('username') ?? '';
    const result = pool.users.signIn(username, form.get('password') ?? '');
    if (result.kind === 'refused') {
      return showForm(pool, c, opened, { username, problem: result.message });
    }
    const { session, cookie } = beginHostedSession(pool, result.account);
    // Two cookies of one name, as recorded. Ours has the same value again: another tab with the
    // form open must not fail because this one succeeded.
    const expired = '; Expires=Thu, 01 Jan 1970 00:00:00 GMT';
    c.header('Set-Cookie', domainCookie(pool, 'XSRF-TOKEN', '""', expired), { append: true });
    c.header('Set-Cookie', cookie, { append: true });
    return c.redirect(grantCode(pool, opened, result.account, session.authTime), 302);
  });

  return routes;
}

/** The checks before any page; a Response means that they ended elsewhere. */
function openLogin(pool: PoolState, c: PoolContext): AuthorizationRequest | Response {
  const query = new URL(c.req.url).searchParams;
  const checked = checkAuthorization(pool, query);
  if (checked.kind === 'refused') return c.redirect(checked.location, 302);
  const { request } = checked;
  if (pool.settings.hostedUi === 'managed' && !request.client.branded) {
    return c.text('Login pages unavailable. Please contact an administrator.', 403);
  }
  if (!isProviderAvailable(request, query)) {
    return c.text('Login option is not available. Please try another one', 401);
  }
  return request;
}

function continueSession(pool: PoolState, c: PoolContext, request: AuthorizationRequest) {
  const session = readHostedSession(pool, c.req.raw);
  if (!session) return showForm(pool, c, request, {});
  return c.redirect(grantCode(pool, request, session.account, session.authTime), 302);
}

function showForm(
  pool: PoolState,
  c: PoolContext,
  request: AuthorizationRequest,
  shown: {
    username?: string | undefined;
    problem?: string | undefined;
    continueAs?: string | undefined;
  },
  status: 200 | 403 = 200,
) {
  return signInPage(c, status, {
    ...shown,
    xsrfToken: c.get('xsrfToken'),
    accounts: pool.users.list(),
    redirectUri: request.redirectUri,
  });
}

/** Managed login fills the field; the classic hosted UI does not know the parameter. */
function loginHint(pool: PoolState, c: PoolContext): string | undefined {
  return pool.settings.hostedUi === 'managed' ? c.req.query('login_hint') : undefined;
}
