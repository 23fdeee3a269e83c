import type { CognitoError } from '../protocol/errors';

/** Seconds after which a visitor may try again. */
export const RETRY_AFTER = 5;

/**
 * A redirect on this site or to the hosted UI.
 *
 * @param location absolute, built from the configuration and never from `Host`
 * @param status 307 keeps the method, 303 makes it a GET
 */
export function redirectTo(location: string, status: 303 | 307): Response {
  return new Response(null, {
    status,
    headers: { Location: location, 'Cache-Control': 'private, no-store' },
  });
}

/** An empty 200 that makes Next's router load the document: measured to work without a console line. */
export function reloadDocument(): Response {
  return new Response('', {
    headers: { 'Content-Type': 'text/plain', 'Cache-Control': 'private, no-store' },
  });
}

/** The answer to HEAD where GET would start or finish something. */
export function emptyAnswer(): Response {
  return new Response(null, { headers: { 'Cache-Control': 'private, no-store' } });
}

/**
 * 405 for a method that nothing here answers.
 *
 * @param methods that are answered
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
 * @param error `invalid_token` for a bad bearer token; nothing when none was sent
 */
export function unauthorized(error?: 'invalid_token'): Response {
  const challenge = error ? `Bearer error="${error}"` : 'Bearer';
  return json(401, { error: error ?? 'unauthorized' }, { 'WWW-Authenticate': challenge });
}

/** 401 for a session that has ended, or that another instance has refreshed: then a second try works. */
export function unauthorizedYet(): Response {
  const headers = { 'WWW-Authenticate': 'Bearer', 'Retry-After': '1' };
  return json(401, { error: 'unauthorized' }, headers);
}

/**
 * 401 for a sign-in that is too old (RFC 9470, section 3).
 *
 * @param maxAge how old it may be, in seconds
 */
export function signInTooOld(maxAge: number): Response {
  const error = 'insufficient_user_authentication';
  const challenge = `Bearer error="${error}", max_age="${maxAge}"`;
  return json(401, { error, max_age: maxAge }, { 'WWW-Authenticate': challenge });
}

/** 403 as JSON: not in the group, or a request that another site sent. */
export function forbiddenJson(): Response {
  return json(403, { error: 'forbidden' }, {});
}

/**
 * 503 as JSON: unavailable right now.
 *
 * @param error why; it may say when trying again makes sense
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
