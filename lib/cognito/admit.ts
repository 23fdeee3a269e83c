import { groupFor, isPublicPage, maxAgeFor } from './access-rules';
import { readBearer } from './bearer';
import { BAD_BEARER, FOREIGN, failureOf, logDenied, logEvent } from './logging';
import { CognitoError } from './protocol/errors';
import { refuse } from './refusals';
import { ownAddress, passThrough, rewriteTo, type SiteContext } from './request-context';
import { isApi, isSpeculative } from './request-kind';
import * as responses from './responses';
import { isForged } from './same-origin';
import { isSameSession, readAgain } from './session/lost-refresh-race';
import type { Session } from './session/session';
import {
  forgetSession,
  resolveSession,
  type SessionStatus,
  type SignedIn,
  verifySession,
} from './session/session-status';

/**
 * Decides whether a request may reach its page, and refreshes its session if a refresh is due.
 *
 * @param context the request, to a configured site
 * @returns a response that lets the request through, or the response to send instead
 */
export async function admit(context: SiteContext): Promise<Response> {
  const { path, site, jar, timing } = context;
  if (/^\/log(in|out)\/?$/.test(path)) return signInRoute(context);
  const byBearer = isApi(path) ? await admitBearer(context) : undefined;
  if (byBearer) return byBearer;
  const session = await timing.measure('session', () => site.sessions.read(jar));
  const forged = refuseForged(context, session);
  return forged ?? admitSession(context, session);
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
  const ends = request.method === 'POST' || request.nextUrl.searchParams.has('code');
  if (ends) await forgetSession(site, jar);
  return isSpeculative(request.headers) ? responses.unauthorized() : passThrough(context);
}

/** The response to a request with a bearer token, which takes precedence over the session. */
async function admitBearer(context: SiteContext): Promise<Response | undefined> {
  const { request, site, page, timing } = context;
  const read = () => readBearer(site.client, request.headers);
  const { state } = await timing.measure('bearer', read);
  if (state === 'signed-in') return passThrough(context);
  if (state === 'unavailable') return responses.unavailableJson();
  if (state === 'signed-out') return undefined;
  return logDenied(responses.unauthorized('invalid_token'), BAD_BEARER, page.reference);
}

/** Refuses a request that another site made with the visitor's session, to prevent CSRF. */
function refuseForged(context: SiteContext, session: Session | null): Response | undefined {
  const { request, path, page, site } = context;
  if (!session && !wantsRefresh(context)) return undefined;
  if (!isForged(request, site.config.origin)) return undefined;
  if (!isApi(path)) return responses.foreignFormPage(page);
  return logDenied(responses.forbiddenJson(), FOREIGN, page.reference);
}

/** Whether the visitor pressed "Refresh now". */
function wantsRefresh({ request, path }: SiteContext): boolean {
  return /^\/refresh\/?$/.test(path) && request.method === 'POST';
}

async function admitSession(context: SiteContext, session: Session | null): Promise<Response> {
  const { request, kind, path, access, site } = context;
  const again = kind === 'document' ? readAgain(request.nextUrl.search) : undefined;
  const cleanAddress = () =>
    responses.redirectTo(`${site.config.origin}${ownAddress(context)}`, 307);
  if (again && !(await isSameSession(session, again.name))) return cleanAddress();

  const force = wantsRefresh(context) || again !== undefined;
  const status = await refreshIfDue(context, session, force);
  if (status.state === 'signed-in') return again ? cleanAddress() : enter(context, status);
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

/** Lets a signed-in user through, unless the page needs a group or a more recent sign-in. */
async function enter(context: SiteContext, status: SignedIn): Promise<Response> {
  const { access, path, page } = context;
  const group = groupFor(access, path);
  if (group !== undefined && !status.user.groups.includes(group)) {
    if (!isApi(path))
      return rewriteTo(context, `/forbidden?${new URLSearchParams({ group })}`, 403);
    return logDenied(responses.forbiddenJson(), `not in the group ${group}`, page.reference);
  }
  // Next's last-resort error page. Requested by its own address, it would return a 500.
  if (path === '/_global-error') return rewriteTo(context, '/_not-found', 404);
  const maxAge = maxAgeFor(access, path);
  if (maxAge !== undefined && status.signInAge > maxAge) {
    return refuse(context, 'signed-out', { maxAge });
  }
  return passThrough(context, path === '/forbidden' ? 403 : undefined);
}

async function unavailable(context: SiteContext, error: CognitoError): Promise<Response> {
  const { access, kind, path, page } = context;
  logEvent({ type: 'refresh.failed', ...failureOf(error) }, page.reference);
  if (isPublicPage(access, path)) return passThrough(context);
  const tooLarge = error.code === 'session_too_large' && kind === 'document';
  if (tooLarge) return responses.signInErrorPage(error, page, '/login');
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
