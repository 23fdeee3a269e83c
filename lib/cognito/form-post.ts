import type { NextRequest } from 'next/server';
import { getSite, type Site } from './get-site';
import { type PageContext, pageContextOf } from './page-context';
import { isSameOrigin } from './request-kind';
import { readForm } from './requests/read-form';
import { foreignFormPage, setUpPage, tooLarge } from './responses';

/** A form that a page of this site sent, or the response to return instead. */
export type FormPost =
  | {
      readonly ok: true;
      readonly site: Site;
      readonly page: PageContext;
      readonly form: URLSearchParams;
    }
  | { readonly ok: false; readonly response: Response };

/**
 * Checks a form post: the site must be configured, the form must come from one of its own pages, and
 * it must be short. Every route handler that accepts a form calls this first.
 *
 * @param request a POST request
 * @returns the site, the page context and the form's fields, or an error page
 */
export async function acceptFormPost(request: NextRequest): Promise<FormPost> {
  const site = getSite();
  const page = pageContextOf(request);
  if (!site.ok) return { ok: false, response: setUpPage(site, page) };
  const own = isSameOrigin(request.headers, site.config.origin);
  if (!own) return { ok: false, response: foreignFormPage(page) };
  const form = await readForm(request);
  return form ? { ok: true, site, page, form } : { ok: false, response: tooLarge() };
}
