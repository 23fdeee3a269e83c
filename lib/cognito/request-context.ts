import { type NextRequest, NextResponse } from 'next/server';
import type { AccessList } from './access-rules';
import type { Site } from './get-site';
import type { Timing } from './logging';
import type { PageContext } from './page-context';
import type { RequestKind } from './request-kind';
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
  /** The security headers of the answer; the page reads its nonce from them. */
  readonly headers: [name: string, value: string][];
  readonly jar: Jar;
  readonly timing: Timing;
}

/** The same, to a site that is configured. */
export interface SiteContext extends RequestContext {
  readonly site: Site;
}

/**
 * The address of this request, to come back to.
 *
 * @param context the request
 * @returns a safe path with its query
 */
export function ownAddress({ request, path, site }: SiteContext): string {
  const { search } = readAgain(request.nextUrl.search) ?? request.nextUrl;
  // Next has written the query anew, with "+" for each space; %20 means the same everywhere.
  return safeReturnTo(`${path}${search.replaceAll('+', '%20')}`, site.config.origin);
}

/**
 * Lets the request through, with the cookies as they are now and what the page needs.
 *
 * @param context the request
 * @param status of the page, if it is to be another than its own
 */
export function passThrough(context: RequestContext, status?: number): Response {
  return NextResponse.next({
    request: { headers: forwardedHeaders(context) },
    ...(status === undefined ? {} : { status }),
  });
}

/**
 * Shows another page in place of this one.
 *
 * @param context the request
 * @param address its path and query
 * @param status of the answer
 */
export function rewriteTo(context: RequestContext, address: string, status: number): Response {
  const target = new URL(address, context.request.nextUrl);
  return NextResponse.rewrite(target, { status, request: { headers: forwardedHeaders(context) } });
}

/** The request's headers for the page: this answer's policy, its nonce, the reference. */
function forwardedHeaders({ request, headers, page }: RequestContext): Headers {
  const forwarded = new Headers(request.headers);
  for (const [name, value] of headers) {
    if (name === 'Content-Security-Policy') forwarded.set(name, value);
  }
  forwarded.set('x-nonce', page.nonce);
  forwarded.set('x-reference', page.reference ?? '');
  return forwarded;
}
