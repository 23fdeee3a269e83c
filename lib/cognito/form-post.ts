import type { NextRequest } from 'next/server';
import { getSite, type Site } from './get-site';
import { type PageContext, pageContextOf } from './page-context';
import { foreignFormPage, setUpPage } from './responses';
import { isSameOrigin } from './same-origin';

/** A form that a page of this site sent, or the response to return instead. */
export type FormPost =
  | { readonly ok: true; readonly site: Site; readonly page: PageContext }
  | { readonly ok: false; readonly response: Response };

/**
 * Checks a form post: the site must be configured, and the form must come from one of its own
 * pages. Every route handler that accepts a form calls this first.
 *
 * @param request a POST request
 * @returns the site and the page context, or an error page
 */
export function acceptFormPost(request: NextRequest): FormPost {
  const site = getSite();
  const page = pageContextOf(request);
  if (!site.ok) return { ok: false, response: setUpPage(site, page) };
  const own = isSameOrigin(request.headers, site.config.origin);
  return own ? { ok: true, site, page } : { ok: false, response: foreignFormPage(page) };
}
