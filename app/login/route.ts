import type { NextRequest } from 'next/server';
import { getSite, type Site } from '@/lib/cognito/get-site';
import { failureOf, logEvent } from '@/lib/cognito/logging';
import { pageContextOf } from '@/lib/cognito/page-context';
import { isRelayState, relayAddress, relayState } from '@/lib/cognito/previews/relay';
import type { CognitoConfig, PreviewRole } from '@/lib/cognito/protocol/cognito-config';
import { CognitoError, isTransient } from '@/lib/cognito/protocol/errors';
import { readHints } from '@/lib/cognito/protocol/hosted-ui';
import { isCallback, readCallback, startSignIn } from '@/lib/cognito/protocol/sign-in';
import { requestKind } from '@/lib/cognito/request-kind';
import * as responses from '@/lib/cognito/responses';
import { revokeReplaced } from '@/lib/cognito/revoke-replaced';
import { callbacksOf } from '@/lib/cognito/session/callbacks';
import { openJar } from '@/lib/cognito/session/cookies';
import { safeReturnTo } from '@/lib/cognito/session/return-to';
import { subjectOf } from '@/lib/cognito/session/session';
import { verifySession } from '@/lib/cognito/session/session-status';

/** The redirect URI of the app client: starts a sign-in, and finishes it when Cognito comes back. */
export async function GET(request: NextRequest): Promise<Response> {
  const site = getSite();
  if (!site.ok) return responses.setUpPage(site, pageContextOf(request));
  const query = request.nextUrl.searchParams;
  if (!isCallback(query)) return start(request, site);
  const { preview } = site.config;
  const forPreview = preview?.role === 'relay' && isRelayState(query.get('state') ?? '');
  return forPreview ? passOn(request, site, preview) : finish(request, site);
}

/** Next would answer HEAD with GET, and a HEAD on the callback would use up the code. */
export const HEAD = responses.emptyAnswer;

/** To the hosted UI, with a sealed cookie for this attempt. */
async function start(request: NextRequest, { config, client, attempts }: Site): Promise<Response> {
  if (!isDocument(request)) return responses.unauthorized();
  const query = request.nextUrl.searchParams;
  const now = client.now();
  const { url, attempt } = await startSignIn(config, {
    returnTo: safeReturnTo(query.get('returnTo'), config.origin),
    now,
    state: await stateFor(config, now),
    hints: readHints(query),
    signUp: query.has('signup'),
    ...readMaxAge(query),
  });
  const jar = openJar(request.cookies);
  await attempts.remember(jar, attempt);
  logEvent({ type: 'signIn.started' }, pageContextOf(request).reference);
  return responses.withCookies(responses.redirectTo(url, 307), jar);
}

/** The callback: code for tokens, tokens verified, sealed into the session; then to the page. */
async function finish(request: NextRequest, site: Site): Promise<Response> {
  const { config, client, attempts, sessions } = site;
  const callbacks = callbacksOf(client);
  const query = request.nextUrl.searchParams;
  const state = query.get('state') ?? '';
  const jar = openJar(request.cookies);
  const attempt = await attempts.recall(jar, state);
  try {
    const callback = readCallback(query, config.issuer);
    if (!attempt) throw new CognitoError('attempt_unknown');
    const session = await callbacks.finish(attempt, callback);
    await sessions.begin(jar, session);
    await revokeReplaced(site, jar, pageContextOf(request).reference);
    attempts.forget(jar, state);
    const sub = subjectOf(session);
    logEvent({ type: 'signIn.finished', sub }, pageContextOf(request).reference);
    return responses.withCookies(
      responses.redirectTo(`${config.origin}${attempt.returnTo}`, 303),
      jar,
    );
  } catch (error) {
    const returnTo = attempt?.returnTo ?? callbacks.pageOf(state) ?? '/';
    if (isStale(error) && (await isSignedIn(request, site))) {
      return responses.redirectTo(`${config.origin}${returnTo}`, 303);
    }
    // After an outage the same callback may still succeed: a reload tries again.
    if (!isTransient(error)) attempts.forget(jar, state);
    const again = `/login?${new URLSearchParams({ returnTo })}`;
    return responses.withCookies(failed(request, error, again), jar);
  }
}

/** A callback for a preview deployment: to it, with nothing added and nothing kept here. */
async function passOn(
  request: NextRequest,
  { config, client }: Site,
  relay: PreviewRole & { role: 'relay' },
): Promise<Response> {
  if (!isDocument(request)) return responses.unauthorized();
  const query = request.nextUrl.searchParams;
  try {
    const callback = { query, origin: config.origin, now: client.now() };
    return responses.redirectTo(await relayAddress(relay, callback), 303);
  } catch (error) {
    return failed(request, error, '/login');
  }
}

function failed(request: NextRequest, error: unknown, again: string): Response {
  const page = pageContextOf(request);
  logEvent({ type: 'signIn.failed', ...failureOf(error) }, page.reference);
  return responses.signInErrorPage(error, page, again);
}

function isDocument({ headers }: NextRequest): boolean {
  return requestKind({ method: 'GET', path: '/login', headers }) === 'document';
}

/** A preview's state says where its callback is to be passed on to; any other is left to `startSignIn`. */
function stateFor({ preview, origin }: CognitoConfig, now: number): Promise<string> | undefined {
  return preview?.role === 'preview' ? relayState(preview.secret, { origin, now }) : undefined;
}

/** In seconds; from a page that requires a recent sign-in. */
function readMaxAge(query: URLSearchParams): { maxAge?: number } {
  const value = query.get('max_age') ?? '';
  return /^\d{1,6}$/.test(value) ? { maxAge: Number(value) } : {};
}

/** A reload of a finished callback: a person who is signed in just goes on. */
function isStale(error: unknown): boolean {
  if (!(error instanceof CognitoError)) return false;
  return ['attempt_unknown', 'attempt_replayed', 'invalid_grant'].includes(error.code);
}

async function isSignedIn(request: NextRequest, { client, sessions }: Site): Promise<boolean> {
  const session = await sessions.read(openJar(request.cookies));
  return session !== null && (await verifySession(client, session)).state !== 'signed-out';
}
