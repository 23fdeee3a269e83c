import { type NextRequest, NextResponse } from 'next/server';
import { groupFor, isApi, isPublicFile, isPublicPage } from './access';
import * as answers from './answers';
import { readBearer } from './bearer';
import { type Environment, environment, isDevelopment } from './environment';
import { ANSWERS, isSpeculative, kindOf, type Refusal, type RequestKind } from './gate';
import { logFailure } from './log';
import { CognitoError } from './protocol/errors';
import { randomToken } from './protocol/pkce';
import { startSignIn } from './protocol/sign-in';
import { withCookies } from './respond';
import { isSameOrigin } from './same-origin';
import { securityHeaders } from './security-headers';
import { rememberAttempt } from './session/attempts';
import { type Jar, openJar } from './session/cookies';
import { refererPath, safeReturnTo } from './session/return-to';
import { isSessionCookie, readSession, writeSession } from './session/session';
import { resolveSession, type SessionState, verifySession } from './session/state';

type Site = Environment & { ok: true };

/**
 * The middleware: every request passes here. Public? Signed in? Expiring: refresh. Otherwise the
 * answer for this kind of request.
 *
 * It is not the lock: pages and route handlers verify again, because Next has had bugs that let a
 * request pass by its middleware.
 *
 * @param request any request that the matcher lets in
 * @returns the page's own answer with our headers, or ours instead of it
 */
export async function guard(request: NextRequest): Promise<NextResponse> {
  const path = request.nextUrl.pathname;
  if (isDevelopmentAsset(path)) return NextResponse.next();
  const site = environment();
  const nonce = randomToken(16);
  const headers = securityHeaders({
    config: site.ok ? site.client.config : undefined,
    nonce,
    development: isDevelopment,
  });
  if (isPublicFile(path)) return publicFile(request, headers);
  const kind = kindOf({ method: request.method, path, headers: request.headers });
  const visit: Visit = { request, path, kind, nonce, headers, jar: openJar(request.cookies, see) };
  const answer = site.ok ? await admit(visit, site) : refuse(visit, site, 'misconfigured');
  const response = withCookies(await answer, visit.jar);
  for (const [name, value] of headers) response.headers.set(name, value);
  response.headers.set('Cache-Control', 'private, no-store');
  return response;

  /** What is written is seen by the page of the same request as well. */
  function see(name: string, value: string): void {
    request.cookies.set(name, value);
  }
}

/** No session is read for a file; Next itself would answer a POST with a 500. */
function publicFile(request: NextRequest, headers: [string, string][]): NextResponse {
  const reading = request.method === 'GET' || request.method === 'HEAD';
  const refusal = { status: 405, headers: { Allow: 'GET, HEAD' } };
  const response = reading ? NextResponse.next() : new NextResponse(null, refusal);
  for (const [name, value] of headers) response.headers.set(name, value);
  return response;
}

interface Visit {
  readonly request: NextRequest;
  readonly path: string;
  readonly kind: RequestKind;
  readonly nonce: string;
  /** The security headers of the answer; the page reads its nonce from them. */
  readonly headers: [name: string, value: string][];
  readonly jar: Jar;
}

async function admit(visit: Visit, site: Site): Promise<Response> {
  const { request, path } = visit;
  // Those routes write the session themselves; two writers would fight over the cookie. The router
  // must load them as documents, and only here can it be told from a fetch.
  if (/^\/log(in|out)\/?$/.test(path)) {
    if (visit.kind === 'router') return answers.reload();
    return isSpeculative(request.headers) ? answers.unauthorized() : pass(visit);
  }

  const refreshNow = /^\/refresh\/?$/.test(path) && request.method === 'POST';
  if (refreshNow && !isSameOrigin(request.headers, site.client.config.origin)) {
    return answers.foreignFormPage(visit.nonce);
  }
  if (isApi(path)) {
    const bearer = await readBearer(site.client, request.headers);
    if (bearer.state === 'live') return pass(visit);
    if (bearer.state === 'invalid') return answers.unauthorized('invalid_token');
    if (bearer.state === 'unavailable') return answers.unavailableJson();
  }

  const state = await currentSession(visit, site, refreshNow);
  if (state.state === 'live') return enter(visit, state);
  if (state.state === 'unavailable') {
    logFailure('refresh', state.error);
    if (isPublicPage(path)) return pass(visit);
    const tooLarge = state.error.code === 'session_too_large' && visit.kind === 'document';
    if (tooLarge) return answers.signInErrorPage(state.error, visit.nonce, '/login');
    return refuse(visit, site, 'unavailable');
  }
  forgetForThisRequest(visit, site);
  return isPublicPage(path) ? pass(visit) : refuse(visit, site, 'signed-out');
}

async function currentSession(visit: Visit, site: Site, force: boolean): Promise<SessionState> {
  const { client, refresh } = site;
  const session = await readSession(client.config, visit.jar, client.now());
  const state = await resolveSession(client, refresh, session, force);
  if (state.state !== 'live' || !state.renewed) return state;
  try {
    await writeSession(client.config, visit.jar, state.session, client.now());
    return state;
  } catch (error) {
    if (!session || !(error instanceof CognitoError)) throw error;
    // The tokens grew out of their cookies. The old session stays until it is over.
    const before = await verifySession(client, session);
    return before.state === 'live' ? before : { state: 'unavailable', error };
  }
}

/** Signed in: the page, or a 403 page in plain HTML for who is not in its group. */
function enter(visit: Visit, { user }: SessionState & { state: 'live' }): Response {
  const group = groupFor(visit.path);
  if (group === undefined || user.groups.includes(group)) {
    return pass(visit, visit.path === '/forbidden' ? 403 : undefined);
  }
  if (isApi(visit.path)) return answers.forbiddenJson();
  const target = visit.request.nextUrl.clone();
  target.pathname = '/forbidden';
  target.search = new URLSearchParams({ group }).toString();
  return NextResponse.rewrite(target, { status: 403, request: { headers: forwarded(visit) } });
}

/** One row of the table in `gate.ts`. */
async function refuse(visit: Visit, site: Environment, refusal: Refusal): Promise<Response> {
  const { request, path, kind, nonce } = visit;
  const answer = ANSWERS[kind][refusal];
  if (answer === 'reload') return answers.reload();
  if (answer === 'unauthorized') return answers.unauthorized();
  if (answer === 'unavailable-json') return answers.unavailableJson();
  if (answer === 'set-up-json' || answer === 'set-up-page') {
    if (site.ok || answer === 'set-up-json') return answers.setUpJson();
    return answers.setUpPage(site, nonce);
  }
  if (!site.ok) return answers.setUpJson();

  const { config } = site.client;
  // Next has written the query anew, with "+" for each space; %20 means the same everywhere.
  const query = request.nextUrl.search.replaceAll('+', '%20');
  const here = safeReturnTo(`${path}${query}`, config.origin);
  const back = refererPath(request.headers.get('referer'), config.origin);
  switch (answer) {
    case 'unavailable-page':
      return answers.unavailablePage(nonce, kind === 'form' ? back : here);
    case 'to-login':
      return answers.redirectTo(loginAddress(config.origin, here), 307);
    case 'to-login-from-form':
      return answers.redirectTo(loginAddress(config.origin, back), 303);
    case 'start-sign-in': {
      const now = site.client.now();
      const { url, attempt } = await startSignIn(config, { returnTo: here, now });
      await rememberAttempt(config, visit.jar, attempt);
      return answers.redirectTo(url, 307);
    }
  }
}

/** Lets the request through, with the nonce for whoever renders and the cookies as they are now. */
function pass(visit: Visit, status?: number): Response {
  return NextResponse.next({
    request: { headers: forwarded(visit) },
    ...(status === undefined ? {} : { status }),
  });
}

function forwarded(visit: Visit): Headers {
  const headers = new Headers(visit.request.headers);
  for (const [name, value] of visit.headers) {
    if (name === 'Content-Security-Policy') headers.set(name, value);
  }
  headers.set('x-nonce', visit.nonce);
  return headers;
}

/**
 * The page shall not see a session that is over. No cookie is deleted in the browser: a request
 * that lost a race must not wipe what the winner set.
 */
function forgetForThisRequest({ request }: Visit, site: Site): void {
  for (const { name } of request.cookies.getAll()) {
    if (isSessionCookie(site.client.config, name)) request.cookies.delete(name);
  }
}

function loginAddress(origin: string, returnTo: string): string {
  return `${origin}/login?${new URLSearchParams({ returnTo })}`;
}

/** What `next dev` loads beside the pages; none of it exists in a production build. */
function isDevelopmentAsset(path: string): boolean {
  return isDevelopment && (path.startsWith('/_next/') || path.startsWith('/__nextjs'));
}
