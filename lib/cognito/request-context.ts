import type { AccessList } from './access/access-rules';
import type { Site } from './get-site';
import type { Timing } from './logging';
import { HANDED } from './memory/hand-over';
import type { PageContext } from './page-context';
import type { RequestKind } from './request-kind';
import { type NextRequest, NextResponse } from './responses/next-server';
import type { Jar } from './session/cookies';
import { readAgain } from './session/lost-refresh-race';
import { safeReturnTo } from './session/return-to';

/** One request on its way through the middleware. */
export interface RequestContext {
  readonly access: AccessList;
  readonly request: NextRequest;
  readonly path: string;
  readonly kind: RequestKind;
  readonly page: PageContext;
  /** The security headers of the response. The page gets its nonce from the policy among them. */
  readonly headers: [name: string, value: string][];
  readonly jar: Jar;
  readonly timing: Timing;
  /** The opened session for the page: see `memory/hand-over.ts`. */
  readonly handed?: string;
}

/** A request to a configured site. */
export interface SiteContext extends RequestContext {
  readonly site: Site;
}

/**
 * The address of this request, to redirect to or to return to after sign-in.
 *
 * @param context the request
 * @returns a safe path with its query
 */
export function ownAddress({ request, path, site }: SiteContext): string {
  const { search } = readAgain(request.nextUrl.search) ?? request.nextUrl;
  // Next has rewritten each space in the query as "+". Every parser reads %20 as a space.
  return safeReturnTo(`${path}${search.replaceAll('+', '%20')}`, site.config.origin);
}

/**
 * Lets the request through to its page, with the updated cookies and the headers that a page needs.
 *
 * @param context the request
 * @param status the status of the response, if the page's own status must be replaced
 */
export function passThrough(context: RequestContext, status?: number): Response {
  return NextResponse.next({
    request: { headers: forwardedHeaders(context) },
    ...(status === undefined ? {} : { status }),
  });
}

/**
 * Shows another page instead of the requested one.
 *
 * @param context the request
 * @param address the path and query of the other page
 * @param status the status of the response
 */
export function rewriteTo(context: RequestContext, address: string, status: number): Response {
  const target = new URL(address, context.request.nextUrl);
  return NextResponse.rewrite(target, { status, request: { headers: forwardedHeaders(context) } });
}

/** The request's headers, with the policy, the nonce and the reference added for the page. */
function forwardedHeaders({ request, headers, page, handed }: RequestContext): Headers {
  const forwarded = new Headers(request.headers);
  for (const [name, value] of headers) {
    if (name === 'Content-Security-Policy') forwarded.set(name, value);
  }
  forwarded.set('x-nonce', page.nonce);
  forwarded.set('x-reference', page.reference ?? '');
  // No client can name an error page: `app/refused`.
  forwarded.set('x-refusal', page.refusal ?? '');
  forwarded.delete(HANDED);
  if (handed) forwarded.set(HANDED, handed);
  return forwarded;
}
