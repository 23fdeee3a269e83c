import { groupFor, isPublicPage, maxAgeFor } from './access/access-rules';
import { FORBIDDEN, isRoute, LOGIN, LOGOUT, REFRESH } from './access/routes';
import { readBearer } from './bearer';
import { BAD_BEARER, failureOf, logDenied, logEvent } from './logging';
import { CognitoError } from './protocol/errors';
import { refuse } from './refusals';
import { ownAddress, passThrough, rewriteTo, type SiteContext } from './request-context';
import { isApi, isForged, isSpeculative } from './request-kind';
import * as responses from './responses';
import { isSameSession, readAgain } from './session/lost-refresh-race';
import type { Session } from './session/session';
import {
  forgetSession,
  resolveSession,
  type SessionStatus,
  verifySession,
} from './session/session-status';

/**
 * Decides whether a request may reach its page, and refreshes its session if a refresh is due.
 *
 * @param context the request, to a configured site
 * @returns a response that lets the request through, or the response to send instead
 */
export async function admit(context: SiteContext): Promise<Response> {
  const { request, path, site, jar, timing } = context;
  if (isRoute(path, LOGIN, LOGOUT)) return signInRoute(context);
  // A preflight has no credentials (Fetch, CORS-preflight fetch), so the route handler responds.
  if (isApi(path) && request.method === 'OPTIONS') return passThrough(context);
  const byBearer = isApi(path) ? await admitBearer(context) : undefined;
  if (byBearer) return byBearer;
  const session = await timing.measure('session', () => site.sessions.read(jar));
  const guarded = session !== null || wantsRefresh(context);
  if (guarded && isForged(request, site.config.origin)) return refuse(context, 'forged', {});
  return admitSession(context, session);
}

/**
 * Handles `/login` and `/logout` without refreshing the session: their route handlers write the
 * session cookie themselves, and two writers would overwrite each other. Next's router must load
 * both as documents. That is checked here, because a route handler can't tell the router from a
 * fetch.
 */
async function signInRoute(context: SiteContext): Promise<Response> {
  const { request, kind, site, jar } = context;
  if (kind === 'router') return responses.reloadDocument();
  // A sign-out, or a callback, whose session replaces this one.
  const signsOut = request.method === 'POST';
  const ends = signsOut || request.nextUrl.searchParams.has('code');
  if (ends) await forgetSession(site, jar, signsOut && (await namesEverywhere(request)));
  return isSpeculative(request.headers) ? responses.unauthorized() : passThrough(context);
}

/** Whether a sign-out may be for all devices: in its address, or in its form, which the guard has found short enough. */
async function namesEverywhere(request: Request): Promise<boolean> {
  return `${request.url}${await request.clone().text()}`.includes('everywhere');
}

/** The response to a request with a bearer token, which takes precedence over the session. */
async function admitBearer(context: SiteContext): Promise<Response | undefined> {
  const { request, site, page, timing } = context;
  const read = () => readBearer(site.client, request.headers);
  const bearer = await timing.measure('bearer', read);
  if (bearer.state === 'signed-in') return enter(context, bearer.groups, bearer.signInAge);
  if (bearer.state === 'unavailable') return responses.unavailableJson();
  if (bearer.state === 'signed-out') return undefined;
  return logDenied(responses.unauthorized('invalid_token'), BAD_BEARER, page.reference);
}

/** Whether the visitor pressed "Refresh now". */
function wantsRefresh({ request, path }: SiteContext): boolean {
  return isRoute(path, REFRESH) && request.method === 'POST';
}

async function admitSession(context: SiteContext, session: Session | null): Promise<Response> {
  const { request, kind, path, access, site } = context;
  const again = /^(document|action)$/.test(kind) ? readAgain(request.nextUrl.search) : undefined;
  const cleanAddress = () =>
    responses.redirectTo(`${site.config.origin}${ownAddress(context)}`, 307);
  if (again && !(await isSameSession(session, again.name))) return cleanAddress();

  const force = wantsRefresh(context) || again !== undefined;
  const status = await refreshIfDue(context, session, force);
  if (status.state === 'signed-in') {
    if (again) return cleanAddress();
    // Only to pages: an API may be another server, behind a rewrite, which limits headers. So do hosts:
    // after a refresh, the response of the middleware already has the new cookies.
    const hands = /^(document|router)$/.test(kind) && !status.renewed;
    const handed = hands ? await site.sessions.handOver.give(context.jar, status.session) : '';
    return enter({ ...context, handed }, status.user.groups, status.signInAge);
  }
  if (status.state === 'unavailable') return unavailable(context, status.error);
  hideSession(context);
  // `again` on a public page: its "Refresh now" button was pressed, so the visitor has to sign in.
  if (isPublicPage(access, path) && !again) return passThrough(context);
  if (status.state === 'signed-out' || again) return refuse(context, 'signed-out', {});
  return refuse(context, 'ended', status);
}

/** Verifies the session, refreshes it if a refresh is due or forced, and writes the new session. */
async function refreshIfDue(
  context: SiteContext,
  session: Session | null,
  force: boolean,
): Promise<SessionStatus> {
  const { jar, page, site, timing } = context;
  const { client, refresher, sessions } = site;
  const resolve = () => resolveSession(client, refresher, session, force);
  const status = await timing.measure('tokens', resolve);
  if (status.state !== 'signed-in') return status;
  await sessions.idle.note(jar, status.session);
  if (!status.renewed) return status;
  try {
    await sessions.write(jar, status.session);
    return status;
  } catch (error) {
    if (!session || !(error instanceof CognitoError)) throw error;
    // The new tokens don't fit into the cookies. The old session stays until its tokens expire.
    logEvent({ type: 'refresh.failed', ...failureOf(error) }, page.reference);
    const before = await verifySession(client, session);
    return before.state === 'signed-in' ? before : { state: 'unavailable', error };
  }
}

/** Lets a user through, unless this path requires a group or a more recent sign-in. */
async function enter(
  context: SiteContext,
  groups: readonly string[],
  signInAge: number,
): Promise<Response> {
  const { access, path } = context;
  const group = groupFor(access, path);
  if (group !== undefined && !groups.includes(group)) {
    return refuse(context, 'group', { group });
  }
  // Next's own error pages. By their own addresses, one is a 500, and on Vercel the others have no scripts.
  if (/^\/(_global-error|_error|404|500)\/?$/.test(path))
    return rewriteTo(context, '/_not-found', 404);
  const maxAge = maxAgeFor(access, path);
  if (maxAge !== undefined && signInAge > maxAge) {
    return refuse(context, 'signed-out', { maxAge });
  }
  return passThrough(context, isRoute(path, FORBIDDEN) ? 403 : undefined);
}

async function unavailable(context: SiteContext, error: CognitoError): Promise<Response> {
  const { access, kind, path, page } = context;
  logEvent({ type: 'refresh.failed', ...failureOf(error) }, page.reference);
  if (isPublicPage(access, path)) return passThrough(context);
  const tooLarge = error.code === 'session_too_large' && kind === 'document';
  if (tooLarge) return responses.refusal(context, 'too_large', 431);
  return refuse(context, 'unavailable', { error });
}

/**
 * Hides the cookies of an ended session from the page. The browser keeps them: a request that lost
 * a refresh race must not delete the cookies that the winner set.
 */
function hideSession({ request: { cookies }, site }: SiteContext): void {
  const names = cookies.getAll().map(({ name }) => name);
  // One call for all names: Next rewrites the whole header on each call.
  cookies.delete(names.filter(site.sessions.owns));
}
