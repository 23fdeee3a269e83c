import { type NextRequest, NextResponse } from 'next/server';
import type { Environment } from './get-site';
import type { Timing } from './logging/tracing';
import type { PageContext } from './page-context';
import type { RequestKind } from './request-kind';
import type { Jar } from './session/cookies';
import { readAgain } from './session/lost-refresh-race';
import { safeReturnTo } from './session/return-to';

/** A site that is configured. */
export type Site = Environment & { ok: true };

/** One request on its way through the middleware. */
export interface Visit {
  readonly request: NextRequest;
  readonly path: string;
  readonly kind: RequestKind;
  readonly look: PageContext;
  /** The security headers of the answer; the page reads its nonce from them. */
  readonly headers: [name: string, value: string][];
  readonly jar: Jar;
  readonly timing: Timing;
}

/**
 * This request's own address, to come back to.
 *
 * @param visit the request
 * @param site its origin
 * @returns a safe path with its query
 */
export function here({ request, path }: Visit, site: Site): string {
  const { search } = readAgain(request.nextUrl.search) ?? request.nextUrl;
  // Next has written the query anew, with "+" for each space; %20 means the same everywhere.
  return safeReturnTo(`${path}${search.replaceAll('+', '%20')}`, site.client.config.origin);
}

/**
 * Lets the request through, with what whoever renders needs and the cookies as they are now.
 *
 * @param visit the request
 * @param status of the page, if it is to be another than its own
 */
export function pass(visit: Visit, status?: number): Response {
  return NextResponse.next({
    request: { headers: forwarded(visit) },
    ...(status === undefined ? {} : { status }),
  });
}

/** The request's headers for whoever renders: the policy of this answer, its nonce, the reference. */
export function forwarded(visit: Visit): Headers {
  const headers = new Headers(visit.request.headers);
  for (const [name, value] of visit.headers) {
    if (name === 'Content-Security-Policy') headers.set(name, value);
  }
  headers.set('x-nonce', visit.look.nonce);
  headers.set('x-reference', visit.look.reference ?? '');
  return headers;
}
