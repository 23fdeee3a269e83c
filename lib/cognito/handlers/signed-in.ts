import 'server-only';
import { headers } from 'next/headers';
import { forbidden, redirect } from 'next/navigation';
import type { NextRequest } from 'next/server';
import { authenticate, getVisitor, requireUser } from '../current-user';
import { getSite } from '../get-site';
import { FOREIGN, logDenied, referenceOf } from '../logging';
import {
  type AccessTokenClaims,
  groupsOf,
  type IdTokenClaims,
  type User,
} from '../protocol/claims';
import { isSameOrigin } from '../request-kind';
import { forbiddenJson } from '../responses';
import { type Requirements, unmet } from '../responses/requirements';
import { refererPath } from '../session/return-to';

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

/** A Server Action, for `<form action={…}>` and for `useActionState`. */
export interface SignedInAction<State> {
  (form: FormData): Promise<void>;
  (state: State, form: FormData): Promise<State>;
}

/**
 * Creates a Server Action for signed-in users. Anyone can call a Server Action, from any page and with any
 * arguments, so it checks again who calls: the request must come from a page of this site, and the
 * user must be signed in. Export the result from a file with `'use server'`.
 *
 * @param run what the action does; validate the form here. `state` is the previous state of
 *   `useActionState`. The client sends it, so don't trust it
 * @param needs a group that the user must be in, or the maximum age of the sign-in in seconds
 * @returns the action. A user who isn't signed in, or not recently enough, is redirected to sign in and
 *   returns to the form's page; a user without the group gets the 403 page; during an outage the
 *   action throws, which shows the error page
 */
export function signedInAction<State = void>(
  run: (user: User, form: FormData, state: unknown) => Promise<State>,
  needs: { readonly group?: string; readonly maxAge?: number } = {},
): SignedInAction<State> {
  async function action(form: FormData): Promise<void>;
  async function action(state: State, form: FormData): Promise<State>;
  async function action(...args: readonly unknown[]): Promise<unknown> {
    const user = await admitted(needs);
    const [state, form] = args.length > 1 ? args : [undefined, args[0]];
    // The client may send any value that React can serialize.
    return form instanceof FormData ? run(user, form, state) : await refuse('no form');
  }
  return action;
}

async function refuse(why: string): Promise<never> {
  logDenied(forbiddenJson(), why, referenceOf(await headers()));
  forbidden();
}

async function admitted(needs: { group?: string; maxAge?: number }): Promise<User> {
  const site = getSite();
  const sent = await headers();
  if (site.ok && !isSameOrigin(sent, site.config.origin)) await refuse(FOREIGN);
  const visitor = await getVisitor();
  const back = site.ok ? refererPath(sent.get('referer'), site.config.origin) : '/';
  if (visitor.state === 'signed-out') redirect(`/login?${new URLSearchParams({ returnTo: back })}`);
  const user = await requireUser();
  const signInAge = visitor.state === 'signed-in' ? visitor.signInAge : Number.POSITIVE_INFINITY;
  const missing = unmet(needs, { groups: user.groups, signInAge, access: {} });
  if (missing === 'group') forbidden();
  if (missing === 'maxAge') {
    redirect(`/login?${new URLSearchParams({ returnTo: back, max_age: String(needs.maxAge) })}`);
  }
  return user;
}
