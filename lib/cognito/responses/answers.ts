import { REFUSED } from '../access/routes';
import type { CognitoError, CognitoErrorCode } from '../protocol/errors';
import { type RequestContext, rewriteTo } from '../request-context';
import type { Jar } from '../session/cookies';
import { NextRequest, NextResponse } from './next-server';

/** Seconds to wait before trying again. */
export const RETRY_AFTER = 5;

/**
 * Redirects to a page of this site or to the hosted UI.
 *
 * @param location an absolute URL, built from the configuration and never from the `Host` header
 * @param status 307 keeps the method, 303 makes it a GET
 * @param header `ACTION` for the client of a Server Action
 */
export function redirectTo(location: string, status: 303 | 307, header = 'Location'): Response {
  return new Response(null, {
    status,
    headers: { [header]: location, 'Cache-Control': 'private, no-store' },
  });
}

/**
 * The client of a Server Action reads only this header, up to a semicolon, and loads that location
 * as a document (`server-action-reducer.js` in Next's router).
 */
export const ACTION = 'x-action-redirect';

/** An empty 200. Next's router responds to it with a full page load, and logs nothing to the console. */
export function reloadDocument(): Response {
  return new Response('', {
    headers: { 'Content-Type': 'text/plain', 'Cache-Control': 'private, no-store' },
  });
}

/** The response to HEAD where GET would start or finish something, such as a sign-in. */
export function emptyAnswer(): Response {
  return new Response(null, { headers: { 'Cache-Control': 'private, no-store' } });
}

/**
 * 405 for a method that the route doesn't support.
 *
 * @param methods that it supports
 */
export function notAllowed(methods: readonly string[]): Response {
  return new Response(null, { status: 405, headers: { Allow: methods.join(', ') } });
}

/** 413 for a body over its limit (RFC 9110, section 15.5.14). On Node servers, `requests` sends a page. */
export function tooLarge(): Response {
  return new Response(null, { status: 413 });
}

/**
 * 401 as JSON (RFC 6750, section 3).
 *
 * @param error `invalid_token` for a bad bearer token; omit it when no token was sent
 */
export function unauthorized(error?: 'invalid_token'): Response {
  const challenge = error ? `Bearer error="${error}"` : 'Bearer';
  return json(401, { error: error ?? 'unauthorized' }, { 'WWW-Authenticate': challenge });
}

/** 401 for a session that has ended, or that another instance just refreshed: then a retry succeeds. */
export function unauthorizedYet(): Response {
  const headers = { 'WWW-Authenticate': 'Bearer', 'Retry-After': '1' };
  return json(401, { error: 'unauthorized' }, headers);
}

/**
 * 401 for a sign-in that is too old (RFC 9470, section 3).
 *
 * @param maxAge the oldest sign-in that is accepted, in seconds
 */
export function signInTooOld(maxAge: number): Response {
  const error = 'insufficient_user_authentication';
  const challenge = `Bearer error="${error}", max_age="${maxAge}"`;
  return json(401, { error, max_age: maxAge }, { 'WWW-Authenticate': challenge });
}

/**
 * 403 for a caller who needs a scope, or a group (RFC 6750, section 3.1).
 *
 * @param scope what is missing; nothing for a group, which a client can't ask for
 */
export function insufficientScope(scope?: string): Response {
  const error = 'insufficient_scope';
  const challenge = `Bearer error="${error}"${scope === undefined ? '' : `, scope="${scope}"`}`;
  const body = scope === undefined ? { error: 'forbidden' } : { error, scope };
  return json(403, body, { 'WWW-Authenticate': challenge });
}

/** 403 as JSON: the request came from another site. */
export function forbiddenJson(): Response {
  return json(403, { error: 'forbidden' }, {});
}

/**
 * 503 as JSON: temporarily unavailable.
 *
 * @param error why; its `retryAfter`, if any, sets `Retry-After`
 */
export function unavailableJson(error?: CognitoError): Response {
  const retryAfter = error?.retryAfter ?? RETRY_AFTER;
  return json(503, { error: 'temporarily_unavailable' }, { 'Retry-After': String(retryAfter) });
}

/** 503 as JSON: the site is not configured. */
export function setUpJson(): Response {
  return json(503, { error: 'not_configured' }, {});
}

function json(status: number, body: object, headers: Record<string, string>): Response {
  return Response.json(body, {
    status,
    headers: { 'Cache-Control': 'private, no-store', ...headers },
  });
}

/**
 * Adds a jar's writes to the response. It must be a `NextResponse`: only then does the page that Next renders for
 * the same request see the new cookies.
 *
 * @param response any response
 * @param jar its writes become `Set-Cookie` headers
 */
export function withCookies(response: Response, jar: Jar): NextResponse {
  const answer =
    response instanceof NextResponse ? response : new NextResponse(response.body, response);
  for (const cookie of jar.written) answer.cookies.set(cookie);
  return answer;
}

/** All that the route gets of the request. Without its cookies, nothing private can be at that address. */
const FORWARDED = ['host', 'accept-encoding'];

/**
 * Shows an error page that `app/refused` renders, which keeps its texts out of the middleware bundle.
 *
 * @param context the request
 * @param page which page of `refusedPage`; for the code of an outage, the page for outages
 * @param status of the page
 * @param retry the path that a button to try again opens
 * @param retryAfter when to try again, in seconds, if the user pool said so
 */
export function refusal(
  context: RequestContext,
  page: 'cookies' | 'foreign' | 'too_large' | CognitoErrorCode,
  status: number,
  retry = '',
  retryAfter = 0,
): Response {
  const { request } = context;
  const { theme, asText } = context.page;
  const headers = FORWARDED.map((name): [string, string] => [
    name,
    request.headers.get(name) ?? '',
  ]);
  const said = { page, retry, after: `${retryAfter}`, theme: `${theme}`, asText: `${asText}` };
  const named = { ...context.page, refusal: `${new URLSearchParams(said)}` };
  const bare = new NextRequest(request.url, { headers });
  return rewriteTo({ ...context, request: bare, page: named }, REFUSED, status);
}
