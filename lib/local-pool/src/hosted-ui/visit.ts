import { html } from 'hono/html';
import { type AuthorizationRequest, checkAuthorization } from '../authorization-request';
import { isProviderAvailable } from '../authorize';
import { domainCookie } from '../cookies';
import { onDomain, type PoolContext, readForm } from '../http';
import type { PoolState } from '../state';
import { type Language, languageOf, translate } from './language';
import { type Html, respond } from './layout';
import type { TextKey } from './translations';

/** One request to one of the pages, whose query was found to be good. */
export interface Visit {
  readonly pool: PoolState;
  readonly c: PoolContext;
  /** What the sign-in is for; every page has the parameters of /oauth2/authorize in its query. */
  readonly request: AuthorizationRequest;
  readonly query: URLSearchParams;
  readonly lang: Language;
  /** A text in the visitor's language; `{0}` in it is replaced by the value. */
  say(word: TextKey, value?: string): string;
}

/** What a page shows besides itself. */
export interface Shown {
  /** In Cognito's words, which are English in every language. */
  problem?: string | undefined;
  notice?: TextKey | undefined;
  /** The form as it was sent: fills the fields again, passwords and codes excepted. */
  sent?: URLSearchParams | undefined;
}

export type Answer = Response | Promise<Response>;

/**
 * A handler that gets a checked visit. What does not pass the checks of /oauth2/authorize goes
 * where that would send it, before anybody looks at a session.
 *
 * @param pool the pool
 * @param handle answers the visit
 */
export function onVisit(pool: PoolState, handle: (visit: Visit) => Answer) {
  return async (c: PoolContext): Promise<Response> => {
    const visit = openVisit(pool, c);
    return visit instanceof Response ? visit : await handle(visit);
  };
}

/**
 * The same for a form, whose anti-forgery token must be the cookie's.
 *
 * @param pool the pool
 * @param show shows the page again, when the token is another
 * @param handle answers the form
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
  // All the other pages are about passwords, which this client leaves to identity providers.
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
 * Cognito's answer for a way to sign in that the client has not (facts, section 2).
 *
 * @param c the request
 */
export function refuseProvider(c: PoolContext): Response {
  return c.text('Login option is not available. Please try another one', 401);
}

/**
 * An address within the pages, for links and forms: the whole query goes along, so that the last
 * page still knows where the app is.
 *
 * @param visit the present one
 * @param path begins with a slash
 */
export function along(visit: Visit, path: string): string {
  return `${path}?${visit.query}`;
}

/**
 * A redirect within the pages; the query goes along.
 *
 * @param visit the present one
 * @param path begins with a slash
 */
export function goTo(visit: Visit, path: string): Response {
  return visit.c.redirect(onDomain(visit.pool, path, visit.query), 302);
}

/**
 * A page with its heading, and above the body what went wrong or right.
 *
 * @param visit the request
 * @param title the heading, and the tab's title
 * @param body forms and links
 * @param shown problem or notice
 * @param status 403 for a form whose anti-forgery token was not the cookie's
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
