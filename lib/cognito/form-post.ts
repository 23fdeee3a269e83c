import type { NextRequest } from 'next/server';
import { getSite, type Site } from './get-site';
import { type PageContext, pageContextOf } from './page-context';
import { foreignFormPage, setUpPage } from './responses';
import { isSameOrigin } from './same-origin';

/** A form that a page of this site sent, or the answer to give instead. */
export type FormPost =
  | { readonly ok: true; readonly site: Site; readonly page: PageContext }
  | { readonly ok: false; readonly response: Response };

/**
 * The first step of each route handler that takes a form: is the site configured, and does the form come from one
 * of its own pages?
 *
 * @param request a POST
 */
export function acceptFormPost(request: NextRequest): FormPost {
  const site = getSite();
  const page = pageContextOf(request);
  if (!site.ok) return { ok: false, response: setUpPage(site, page) };
  const own = isSameOrigin(request.headers, site.config.origin);
  return own ? { ok: true, site, page } : { ok: false, response: foreignFormPage(page) };
}
