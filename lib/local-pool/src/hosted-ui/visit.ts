import { html } from 'hono/html';
import { type AuthorizationRequest, checkAuthorization } from '../authorization-request';
import { isProviderAvailable } from '../authorize';
import { domainCookie } from '../cookies';
import { onDomain, type PoolContext, readForm } from '../http';
import type { PoolState } from '../state';
import { type Language, languageOf, translate } from './language';
import { type Html, respond } from './layout';
import type { TextKey } from './translations';

/** A request to one of the pages, with a valid query. */
export interface Visit {
  readonly pool: PoolState;
  readonly c: PoolContext;
  /** The authorization request. Every page has the parameters of /oauth2/authorize in its query. */
  readonly request: AuthorizationRequest;
  readonly query: URLSearchParams;
  readonly lang: Language;
  /** Returns a text in the visitor's language. The value replaces `{0}`. */
  say(word: TextKey, value?: string): string;
}

/** The variable content of a page. */
export interface Shown {
  /** Cognito's message, in English in every language. */
  problem?: string | undefined;
  notice?: TextKey | undefined;
  /** The submitted form. Prefills the fields, except passwords and codes. */
  sent?: URLSearchParams | undefined;
}

export type Answer = Response | Promise<Response>;

/**
 * Wraps a handler so that it only gets valid requests. A request that fails the checks of
 * /oauth2/authorize is redirected as there, before the session is read.
 *
 * @param pool the pool
 * @param handle responds to the visit
 */
export function onVisit(pool: PoolState, handle: (visit: Visit) => Answer) {
  return async (c: PoolContext): Promise<Response> => {
    const visit = openVisit(pool, c);
    return visit instanceof Response ? visit : await handle(visit);
  };
}

/**
 * The same for a form. Its anti-forgery token must match the cookie.
 *
 * @param pool the pool
 * @param show shows the page again if the token doesn't match
 * @param handle responds to the form
 */
export function onSubmit(
  pool: PoolState,
  show: (visit: Visit, shown: Shown, status: 403) => Answer,
  handle: (visit: Visit, form: URLSearchParams) => Answer,
) {
  return onVisit(pool, async (visit) => {
    const form = await readForm(visit.c.req.raw);
    if (form.get('_csrf') === visit.c.get('xsrfToken')) return await handle(visit, form);
    return await show(visit, { problem: 'Something went wrong. Please try again.' }, 403);
  });
}

function openVisit(pool: PoolState, c: PoolContext): Visit | Response {
  const query = new URL(c.req.url).searchParams;
  const checked = checkAuthorization(pool, query);
  if (checked.kind === 'refused') return c.redirect(checked.location, 302);
  const { request } = checked;
  const isManaged = pool.settings.hostedUi === 'managed';
  if (isManaged && !request.client.branded) {
    return c.text('Login pages unavailable. Please contact an administrator.', 403);
  }
  if (!isProviderAvailable(pool, request, query)) {
    return refuseProvider(c);
  }
  // All other pages are about passwords, which this client doesn't use.
  if (!request.client.identityProviders.includes('COGNITO') && c.req.path !== '/login') {
    return c.redirect(onDomain(pool, '/login', query), 302);
  }
  const lang = isManaged ? languageOf(c.req.raw) : 'en';
  if (isManaged && query.has('lang')) {
    c.header('Set-Cookie', domainCookie(pool, 'lang', lang), { append: true });
  }
  const say = (word: TextKey, value?: string) => translate(lang, word, value);
  return { pool, c, request, query, lang, say };
}

/**
 * Cognito's response for a sign-in option that the client doesn't support (facts, section 2).
 *
 * @param c the request
 */
export function refuseProvider(c: PoolContext): Response {
  return c.text('Login option is not available. Please try another one', 401);
}

/**
 * The URL of another page, for links and forms. It includes the whole query, so that the last page
 * still knows where to redirect.
 *
 * @param visit the request
 * @param path starts with a slash
 */
export function along(visit: Visit, path: string): string {
  return `${path}?${visit.query}`;
}

/**
 * Redirects to another page, with the whole query.
 *
 * @param visit the request
 * @param path starts with a slash
 */
export function goTo(visit: Visit, path: string): Response {
  return visit.c.redirect(onDomain(visit.pool, path, visit.query), 302);
}

/**
 * Shows a page with its heading, any problem or notice, and the body.
 *
 * @param visit the request
 * @param title the heading, and the tab's title
 * @param body forms and links
 * @param shown a problem or notice
 * @param status 403 if the form's anti-forgery token didn't match the cookie
 */
export function showPage(
  visit: Visit,
  title: TextKey,
  body: Html,
  { problem, notice }: Shown,
  status: 200 | 403 = 200,
): Answer {
  const heading = visit.say(title);
  const content = html`
    <h1>${heading}</h1>
    ${notice === undefined ? '' : html`<p class="notice" role="status">${visit.say(notice)}</p>`}
    ${
      problem === undefined
        ? ''
        : html`<p class="problem" id="problem" role="alert" lang="en">${problem}</p>`
    }
    ${body}`;
  const formTarget = visit.request.redirectUri;
  return respond(visit.c, { status, title: heading, body: content, lang: visit.lang, formTarget });
}
