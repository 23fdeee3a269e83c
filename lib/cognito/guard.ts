import { type NextFetchEvent, type NextRequest, NextResponse } from 'next/server';
import {
  groupFor,
  isApi,
  isDeveloperPage,
  isHealthCheck,
  isPublicFile,
  isPublicPage,
  maxAgeFor,
} from './access-rules';
import { readBearer } from './bearer';
import { type Environment, getSite, isDevelopment } from './get-site';
import { failureOf } from './logging/failure';
import { BAD_BEARER, denied, FOREIGN, logEvent } from './logging/log-event';
import { startTiming } from './logging/tracing';
import { newReference, pageContextOf } from './page-context';
import { CognitoError } from './protocol/errors';
import { randomToken } from './protocol/pkce';
import { refuse } from './refusals';
import { forwarded, here, pass, type Site, type Visit } from './request-context';
import { isSpeculative, requestKind } from './request-kind';
import { withCookies } from './respond';
import * as answers from './responses/answers';
import { signInErrorPage } from './responses/sign-in-error-page';
import { isForged } from './same-origin';
import { securityHeaders } from './security-headers';
import { openJar } from './session/cookies';
import { noteActivity } from './session/idle-timeout';
import { isSameSession, readAgain } from './session/lost-refresh-race';
import { isSessionCookie, readSession, type Session, writeSession } from './session/session';
import { forgetCookie } from './session/session-cache';
import {
  type LiveSession,
  resolveSession,
  type SessionState,
  signInAge,
  verifySession,
} from './session/session-status';

/**
 * The middleware: every request passes here. Public? Signed in? Expiring: refresh. Otherwise the
 * answer for this kind of request.
 *
 * It is not the lock: pages and route handlers verify again, because Next has had bugs that let a
 * request pass by its middleware.
 *
 * @param request any request that the matcher lets in
 * @param event keeps the process awake for what goes on after the answer
 * @returns the page's own answer with our headers, or ours instead of it
 */
export async function guard(request: NextRequest, event: NextFetchEvent): Promise<Response> {
  const timing = startTiming();
  const path = request.nextUrl.pathname;
  if (isDevelopmentAsset(path)) return NextResponse.next();
  const site = getSite();
  const nonce = randomToken(16);
  const headers = securityHeaders({
    config: site.ok ? site.client.config : undefined,
    nonce,
    development: isDevelopment,
  });
  if (isPublicFile(path)) return withHeaders(publicFile(request), headers);
  const kind = requestKind({ method: request.method, path, headers: request.headers });
  const look = { ...pageContextOf(request), nonce, reference: newReference() };
  const jar = openJar(request.cookies, see);
  const visit: Visit = { request, path, kind, look, headers, jar, timing };
  const answer = await answerTo(visit, site);
  const calls = site.ok ? site.refresher.idle() : undefined;
  if (calls) event.waitUntil(calls);
  const response = withHeaders(withCookies(answer, visit.jar), headers);
  response.headers.set('Cache-Control', 'private, no-store');
  const times = timing.header();
  if (times) response.headers.set('Server-Timing', times);
  return response;

  /** What is written is seen by the page of the same request as well. */
  function see(name: string, value: string): void {
    request.cookies.set(name, value);
  }
}

/** Nothing is read for a file, not even a cookie; Next itself would answer a POST with a 500. */
function publicFile({ method }: NextRequest): Response {
  const reading = method === 'GET' || method === 'HEAD';
  return reading ? NextResponse.next() : answers.notAllowed(['GET', 'HEAD']);
}

function withHeaders<R extends Response>(response: R, headers: Visit['headers']): R {
  for (const [name, value] of headers) response.headers.set(name, value);
  return response;
}

/** Next renders a page for any method that it can spell. */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/**
 * Browsers keep 180 for a site. Behind each route handler Next does work that grows with the square
 * of them: 2,500, which fit into 15 kB of headers, would keep a processor busy for seconds.
 */
const MAX_COOKIES = 200;

async function answerTo(visit: Visit, site: Environment): Promise<Response> {
  if (visit.request.cookies.size > MAX_COOKIES) return answers.tooManyCookies(visit.look);
  if (!METHODS.includes(visit.request.method)) return answers.notAllowed(METHODS);
  if (isHealthCheck(visit.path)) return pass(visit);
  if (isDevelopment && isDeveloperPage(visit.path)) return pass(visit);
  return site.ok ? admit(visit, site) : refuse(visit, site, { why: 'misconfigured' });
}

async function admit(visit: Visit, site: Site): Promise<Response> {
  const { request, path } = visit;
  // Those routes write the session themselves; two writers would fight over the cookie. The router
  // must load them as documents, and only here can it be told from a fetch.
  if (/^\/log(in|out)\/?$/.test(path)) {
    if (visit.kind === 'router') return answers.reload();
    if (path.startsWith('/logout') && request.method === 'POST') {
      forgetCookie(site.sessions, site.client.config, visit.jar);
    }
    return isSpeculative(request.headers) ? answers.unauthorized() : pass(visit);
  }

  if (isApi(path)) {
    const bearer = await visit.timing.measure('bearer', () =>
      readBearer(site.client, request.headers),
    );
    if (bearer.state === 'live') return pass(visit);
    if (bearer.state === 'invalid') {
      return denied(answers.unauthorized('invalid_token'), BAD_BEARER, visit.look.reference);
    }
    if (bearer.state === 'unavailable') return answers.unavailableJson();
  }

  const { client, sessions } = site;
  const session = await visit.timing.measure('session', () =>
    readSession(client.config, visit.jar, client.now(), sessions),
  );
  const refreshNow = /^\/refresh\/?$/.test(path) && request.method === 'POST';
  // Cookies come with whatever a browser sends, from anywhere; without any there is nothing to abuse.
  if ((session || refreshNow) && isForged(request, site.client.config.origin)) {
    if (!isApi(path)) return answers.foreignFormPage(visit.look);
    return denied(answers.forbiddenJson(), FOREIGN, visit.look.reference);
  }
  const again = visit.kind === 'document' ? readAgain(request.nextUrl.search) : undefined;
  const clean = () => answers.redirectTo(`${site.client.config.origin}${here(visit, site)}`, 307);
  if (again && !(await isSameSession(session, again.name))) return clean();

  const state = await currentSession(visit, site, session, refreshNow || again !== undefined);
  if (state.state === 'live') return again ? clean() : enter(visit, site, state);
  if (state.state === 'unavailable') {
    logEvent({ type: 'refresh.failed', ...failureOf(state.error) }, visit.look.reference);
    if (isPublicPage(path)) return pass(visit);
    const tooLarge = state.error.code === 'session_too_large' && visit.kind === 'document';
    if (tooLarge) return signInErrorPage(state.error, visit.look, '/login');
    return refuse(visit, site, { why: 'unavailable', error: state.error });
  }
  forgetForThisRequest(visit, site);
  // A button of a public page asked for a refresh: its person is to sign in again there, too.
  if (isPublicPage(path) && !again) return pass(visit);
  if (state.state === 'none' || again) return refuse(visit, site, { why: 'signed-out' });
  return refuse(visit, site, { why: 'ended', session: state.session });
}

async function currentSession(
  visit: Visit,
  { client, refresher }: Site,
  session: Session | null,
  force: boolean,
): Promise<SessionState> {
  const state = await visit.timing.measure('tokens', () =>
    resolveSession(client, refresher, session, force),
  );
  if (state.state === 'live')
    await noteActivity(client.config, visit.jar, state.session, client.now());
  if (state.state !== 'live' || !state.renewed) return state;
  try {
    await writeSession(client.config, visit.jar, state.session, client.now());
    return state;
  } catch (error) {
    if (!session || !(error instanceof CognitoError)) throw error;
    // The tokens grew out of their cookies. The old session stays until it is over.
    logEvent({ type: 'refresh.failed', ...failureOf(error) }, visit.look.reference);
    const before = await verifySession(client, session);
    return before.state === 'live' ? before : { state: 'unavailable', error };
  }
}

/** Signed in: the page, or a 403 page in plain HTML for who is not in its group. */
async function enter(visit: Visit, site: Site, state: LiveSession): Promise<Response> {
  const group = groupFor(visit.path);
  if (group !== undefined && !state.user.groups.includes(group)) {
    if (isApi(visit.path)) {
      const why = `not in the group ${group}`;
      return denied(answers.forbiddenJson(), why, visit.look.reference);
    }
    return rewritten(visit, `/forbidden?${new URLSearchParams({ group })}`, 403);
  }
  // Next's page for when everything else has failed, which it also gives to who asks for it: a 500.
  if (visit.path === '/_global-error') return rewritten(visit, '/_not-found', 404);
  const maxAge = maxAgeFor(visit.path);
  if (maxAge !== undefined && signInAge(state, site.client.now()) > maxAge) {
    return refuse(visit, site, { why: 'signed-out', maxAge });
  }
  return pass(visit, visit.path === '/forbidden' ? 403 : undefined);
}

function rewritten(visit: Visit, page: string, status: 403 | 404): Response {
  const target = new URL(page, visit.request.nextUrl);
  return NextResponse.rewrite(target, { status, request: { headers: forwarded(visit) } });
}

/**
 * The page shall not see a session that is over. No cookie is deleted in the browser: a request
 * that lost a race must not wipe what the winner set.
 */
function forgetForThisRequest({ request: { cookies } }: Visit, site: Site): void {
  const names = cookies.getAll().map(({ name }) => name);
  // All at once: Next writes the whole header anew each time.
  cookies.delete(names.filter((name) => isSessionCookie(site.client.config, name)));
}

/** What `next dev` loads beside the pages; none of it exists in a production build. */
function isDevelopmentAsset(path: string): boolean {
  return isDevelopment && (path.startsWith('/_next/') || path.startsWith('/__nextjs'));
}
