import { Hono } from 'hono';
import { html } from 'hono/html';
import type { PoolEnv } from '../http';
import type { AppClient } from '../settings';
import type { PoolState } from '../state';
import { remarkOn } from '../user-remark';
import type { Account } from '../users';
import { type Html, respond } from './layout';

const INDEX = '/local-index';

/**
 * The pool's index page at `/local-index`, which only the local pool has, and the redirect from `/` to it.
 * Cognito has no page at `/`, so only a browser that opens the address is redirected.
 *
 * @param pool the pool
 */
export function indexRoutes(pool: PoolState): Hono<PoolEnv> {
  const routes = new Hono<PoolEnv>();
  routes.get('/', async (c, next) => {
    if (c.req.header('sec-fetch-dest') !== 'document') return await next();
    return c.redirect(INDEX, 302);
  });
  routes.get(INDEX, (c) => {
    const body = html`
      <h1>Index</h1>
      <p>This pool is what Amazon Cognito would be in production. Sign in on your site: it leads here.</p>
      <p class="links">${signInLinks(pool)}</p>
      <section aria-labelledby="pages">
        <h2 id="pages">Pages</h2>
        <ul class="index">
          ${page('/local-outbox', 'Outbox', 'the emails that Cognito would have sent, and the current codes of authenticator apps')}
          ${page('/local-control', 'Control panel', 'token lifetimes, users and their sessions, signing keys, outages')}
        </ul>
      </section>
      <section aria-labelledby="people">
        <h2 id="people">Users</h2>
        <ul>${pool.users.list().map(person)}</ul>
      </section>`;
    return respond(c, { status: 200, title: 'Index', body });
  });
  return routes;
}

/** A sign-in starts at the site, which alone knows its state and nonce. */
function signInLinks(pool: PoolState): Html[] {
  const origins = new Set([...pool.clients.values()].flatMap(siteOf));
  return [...origins].map((origin) => html`<a href="${origin}/login">Sign in at ${origin}</a>`);
}

/** The origins of the site's own callback URLs; an app's custom scheme has none. */
function siteOf({ redirectUris }: AppClient): string[] {
  return redirectUris.flatMap((text) => {
    const { protocol, origin, pathname } = new URL(text);
    return protocol.startsWith('http') && /^\/login\/?$/.test(pathname) ? [origin] : [];
  });
}

function page(path: string, name: string, about: string): Html {
  return html`<li><p><a href="${path}">${name}</a><br><span class="soft">${about}</span></p></li>`;
}

/** Passwords that someone chose are not shown, only those of the seed file. */
function person(account: Account): Html {
  const { username, password = '', passwordIsPublished } = account;
  return html`<li><p><strong>${username}</strong> <span class="soft">${remarkOn(account)}</span>
    ${passwordIsPublished ? html`<br><code>${password}</code>` : ''}</p></li>`;
}
