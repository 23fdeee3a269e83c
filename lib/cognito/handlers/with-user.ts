import 'server-only';
import type { NextRequest } from 'next/server';
import { authenticate } from '../current-user';
import {
  type AccessTokenClaims,
  groupsOf,
  type IdTokenClaims,
  type User,
} from '../protocol/claims';
import type { Requirements } from '../responses/requirements';

/** The caller of a route handler: a session, or a program with an access token. */
export interface ApiUser extends Pick<User, 'sub' | 'username' | 'groups'> {
  /**
   * All claims of the session's ID token, or of the bearer token: `token_use` says which. An access
   * token has no name and no email address.
   */
  readonly claims: IdTokenClaims | AccessTokenClaims;
}

/**
 * Creates a route handler for signed-in users. Callers who aren't signed in, come from another site,
 * or don't meet the requirements get the response of `authenticate`, and your handler doesn't run.
 * Don't use it for `OPTIONS`: a preflight carries no credentials.
 *
 * @param handler gets the user, the request, and Next's context: declare the context as
 *   `RouteContext<'/api/notes/[id]'>` for typed `params`. If it throws, Next logs the error and
 *   responds with an empty 500; `notFound()` and `redirect()` work as usual
 * @param needs as for `authenticate`: a group, a scope, or the maximum age of the sign-in in seconds
 * @returns the handler to export as `GET`, `POST` and so on. No cache may keep its responses
 */
export function withUser<Context>(
  handler: (user: ApiUser, request: NextRequest, context: Context) => Response | Promise<Response>,
  needs: Requirements = {},
): (request: NextRequest, context: Context) => Promise<Response> {
  return async (request, context) => {
    const caller = await authenticate(request, needs);
    if (!caller.ok) return caller.response;
    return uncached(await handler(asUser(caller.claims), request, context));
  };
}

function asUser(claims: IdTokenClaims | AccessTokenClaims): ApiUser {
  const name = claims.token_use === 'id' ? claims['cognito:username'] : claims.username;
  const username = typeof name === 'string' && name !== '' ? name : claims.sub;
  return { sub: claims.sub, username, groups: groupsOf(claims), claims };
}

/**
 * Headers that caches obey instead of `Cache-Control` (RFC 9213, and Surrogate-Control of Edge
 * Architecture).
 */
const FOR_CACHES = /^([\w-]+-)?(cdn-cache|surrogate)-control$/;

/** A new response, because those of `fetch` and `Response.redirect` can't be changed. */
function uncached(response: Response): Response {
  const { body, status, statusText } = response;
  const headers = new Headers(response.headers);
  for (const name of [...headers.keys()]) if (FOR_CACHES.test(name)) headers.delete(name);
  headers.set('Cache-Control', 'private, no-store');
  return new Response(body, { status, statusText, headers });
}
