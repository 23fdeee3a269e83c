import type { CookieJar } from 'iron-session';
import { after, type NextRequest } from 'next/server';
import { passkeyReturn } from '@/lib/account/passkey-return';
import { isOtherHost } from '@/lib/cognito/config/values';
import { getSite, type Site } from '@/lib/cognito/get-site';
import { failureOf, logEvent, reasonGiven, startedAt } from '@/lib/cognito/logging';
import { pageContextOf } from '@/lib/cognito/page-context';
import { attemptState, isRelayState, relayAddress, relayState } from '@/lib/cognito/previews/relay';
import type { CognitoConfig, PreviewRole } from '@/lib/cognito/protocol/cognito-config';
import { CognitoError } from '@/lib/cognito/protocol/errors';
import { readHints } from '@/lib/cognito/protocol/hosted-ui';
import { isCallback, readCallback, signInUrl } from '@/lib/cognito/protocol/sign-in';
import { revokeToken } from '@/lib/cognito/protocol/tokens';
import { requestKind } from '@/lib/cognito/request-kind';
import * as responses from '@/lib/cognito/responses';
import { callbacksOf } from '@/lib/cognito/session/callbacks';
import { openJar } from '@/lib/cognito/session/cookies';
import { safeReturnTo } from '@/lib/cognito/session/return-to';
import { subjectOf } from '@/lib/cognito/session/session';
import { forgetSession, verifySession } from '@/lib/cognito/session/session-status';
import { withFlash } from '@/lib/flash';

/** The app client's redirect URI: starts a sign-in, and finishes it when Cognito redirects back. */
export async function GET(request: NextRequest): Promise<Response> {
  const site = getSite();
  if (!site.ok) return responses.setUpPage(site, pageContextOf(request));
  const query = request.nextUrl.searchParams;
  // Also returns here: the hosted UI's page that adds a passkey, without a code.
  if (query.has('result') && !query.has('code')) return passkeyReturn(request, site);
  if (!isCallback(query)) return start(request, site);
  const { preview } = site.config;
  const forPreview = preview?.role === 'relay' && isRelayState(query.get('state') ?? '');
  return forPreview ? passOn(request, site, preview) : finish(request, site);
}

/** A parameter of `/login`: the attempt replaces one that has failed, or that another instance has finished. */
const RESTARTED = 'restarted';
/** A parameter of `/login`: the visitor was sent here from another host, and must not be sent on again. */
const MOVED = 'moved';

/** By default Next runs GET for HEAD requests. A HEAD of the callback would then use up the code. */
export const HEAD = responses.emptyAnswer;

/** Redirects to the hosted UI, with a new sign-in attempt. */
async function start(request: NextRequest, site: Site): Promise<Response> {
  if (!isDocument(request)) return responses.unauthorized();
  const { config, client, attempts } = site;
  const query = request.nextUrl.searchParams;
  if (!query.has(MOVED) && isOtherHost(request.headers, config)) {
    return responses.redirectTo(`${config.origin}/login?${MOVED}&${query}`, 307);
  }
  const returnTo = safeReturnTo(query.get('returnTo'), config.origin);
  const restarted = query.has(RESTARTED);
  if (restarted && (await isSignedIn(request, site))) return goTo(returnTo, site);
  const jar = openJar(request.cookies);
  const host = request.headers.get('host');
  const attempt = await attempts.start(jar, { returnTo, restarted, host, ...readMaxAge(query) });
  const state = await stateFor(config, attempt.state, client.now());
  const link = { hints: readHints(query), signUp: query.has('signup') };
  const url = await signInUrl(config, { ...attempt, state }, link);
  logEvent({ type: 'signIn.started' }, pageContextOf(request).reference);
  return responses.withCookies(responses.redirectTo(url, 307), jar);
}

/** The callback: exchanges the code, verifies the tokens, seals them into the session, then redirects to the page. */
async function finish(request: NextRequest, site: Site): Promise<Response> {
  const { config, client, attempts, sessions } = site;
  const query = request.nextUrl.searchParams;
  const jar = openJar(request.cookies);
  const state = attemptState(query.get('state') ?? '');
  const recalled = await attempts.recall(jar, state);
  try {
    const callback = { ...readCallback(query, config.issuer), state };
    if (!recalled?.own) throw new CognitoError('attempt_unknown');
    const session = await callbacksOf(client).finish(recalled.attempt, callback);
    await sessions.begin(jar, session);
    const { reference } = pageContextOf(request);
    const again = await revokeReplaced(site, jar, reference);
    logEvent({ type: 'signIn.finished', sub: subjectOf(session) }, reference);
    const { returnTo } = recalled.attempt;
    const response = responses.withCookies(goTo(returnTo, site), jar);
    return again ? withFlash(response, returnTo, 'signedInAgain') : response;
  } catch (error) {
    const before = recalled?.own ? recalled.attempt : recalled;
    const returnTo = before?.returnTo ?? '/';
    if (isStale(error) && (await isSignedIn(request, site))) return goTo(returnTo, site);
    const again = `/login?${new URLSearchParams({ returnTo })}`;
    const told = recalled?.own ? reasonGiven(query) : startedAt(recalled?.host);
    const response = failed(request, error, again, told);
    // Start again automatically, once the visitor has seen why: the hosted UI may still have a session, or another
    // instance has just finished this sign-in. Only once in a row, because a browser without cookies never returns with
    // an attempt that this site recognizes.
    if (before && isStale(error) && !before.restarted) {
      response.headers.set('Refresh', `2; url=${again}&${RESTARTED}`);
    }
    return response;
  }
}

/**
 * Revokes the refresh token of the session that a sign-in has just replaced in its browser: otherwise a copy of it would
 * work until it expires. The response doesn't wait for this, and it may fail: `after` runs it once the response has been
 * sent. Returns whether there was one.
 */
async function revokeReplaced(site: Site, jar: CookieJar, reference?: string): Promise<boolean> {
  const replaced = await forgetSession(site, jar);
  if (!replaced) return false;
  const report = (error: unknown) =>
    logEvent({ type: 'signOut.failed', step: 'revoke', ...failureOf(error) }, reference);
  after(() => revokeToken(site.client, replaced.refreshToken).catch(report));
  return true;
}

function goTo(returnTo: string, { config }: Site): Response {
  return responses.redirectTo(`${config.origin}${returnTo}`, 303);
}

/** Redirects a preview deployment's callback to that deployment. Adds nothing and stores nothing. */
async function passOn(
  request: NextRequest,
  { config: { origin }, client }: Site,
  relay: PreviewRole & { role: 'relay' },
): Promise<Response> {
  if (!isDocument(request)) return responses.unauthorized();
  try {
    const callback = { query: request.nextUrl.searchParams, origin, now: client.now() };
    return responses.redirectTo(await relayAddress(relay, callback), 303);
  } catch (error) {
    return failed(request, error, '/login');
  }
}

function failed(request: NextRequest, error: unknown, again: string, told = {}): Response {
  const page = pageContextOf(request);
  logEvent({ type: 'signIn.failed', ...failureOf(error), ...told }, page.reference);
  return responses.signInErrorPage(error, page, again);
}

function isDocument({ headers }: NextRequest): boolean {
  return requestKind({ method: 'GET', path: '/login', headers }) === 'document';
}

/** A preview's state also says where the relay must forward its callback. */
async function stateFor({ preview, origin }: CognitoConfig, state: string, now: number) {
  return preview?.role === 'preview' ? relayState(preview.secret, { origin, now, state }) : state;
}

/** The oldest sign-in that a page accepts, in seconds, if it requires a recent one. */
function readMaxAge(query: URLSearchParams): { maxAge?: number } {
  const value = query.get('max_age') ?? '';
  return /^\d{1,6}$/.test(value) ? { maxAge: Number(value) } : {};
}

/** Whether this may be a reload of a finished callback. A user who is signed in just goes to the page. */
function isStale(error: unknown): boolean {
  if (!(error instanceof CognitoError)) return false;
  return ['attempt_unknown', 'attempt_replayed', 'invalid_grant'].includes(error.code);
}

async function isSignedIn(request: NextRequest, { client, sessions }: Site): Promise<boolean> {
  const session = await sessions.read(openJar(request.cookies));
  return session !== null && (await verifySession(client, session)).state !== 'signed-out';
}
