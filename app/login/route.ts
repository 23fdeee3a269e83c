import type { NextRequest } from 'next/server';
import {
  type CognitoConfig,
  CognitoError,
  type Environment,
  failureOf,
  forgetAttempt,
  getSite,
  HINTS,
  type Hints,
  isCallback,
  isRelayState,
  isTransient,
  logEvent,
  markSignedIn,
  openJar,
  type PreviewRole,
  pageContextOf,
  readCallback,
  readSession,
  recallAttempt,
  redirectTo,
  relayAddress,
  relayState,
  rememberAttempt,
  requestKind,
  safeReturnTo,
  setUpPage,
  signInErrorPage,
  startSignIn,
  subjectOf,
  unauthorized,
  verifySession,
  withCookies,
  writeSession,
} from '@/lib/cognito';

type Site = Environment & { ok: true };

/** The redirect URI of the app client: starts a sign-in, and finishes it when Cognito comes back. */
export async function GET(request: NextRequest): Promise<Response> {
  const site = getSite();
  if (!site.ok) return setUpPage(site, pageContextOf(request));
  const query = request.nextUrl.searchParams;
  if (!isCallback(query)) return start(request, site);
  const { preview } = site.client.config;
  const forPreview = preview?.role === 'relay' && isRelayState(query.get('state') ?? '');
  return forPreview ? passOn(request, site, preview) : finish(request, site);
}

/** Next would answer HEAD with GET, and a HEAD on the callback would use up the code. */
export function HEAD(): Response {
  return new Response(null, { headers: { 'Cache-Control': 'private, no-store' } });
}

function isDocument({ headers }: NextRequest): boolean {
  return requestKind({ method: 'GET', path: '/login', headers }) === 'document';
}

/** To the hosted UI, with a sealed cookie for this attempt. */
async function start(request: NextRequest, { client }: Site): Promise<Response> {
  const { config } = client;
  const query = request.nextUrl.searchParams;
  if (!isDocument(request)) return unauthorized();

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
  await rememberAttempt(config, jar, attempt);
  logEvent({ type: 'signIn.started' }, pageContextOf(request).reference);
  return withCookies(redirectTo(url, 307), jar);
}

/** A preview's says where its callback is to be passed on to; any other is left to `startSignIn`. */
function stateFor({ preview, origin }: CognitoConfig, now: number): Promise<string> | undefined {
  return preview?.role === 'preview' ? relayState(preview.secret, { origin, now }) : undefined;
}

/** A callback for one of our previews: to it, with nothing of ours and nothing kept here. */
async function passOn(
  request: NextRequest,
  { client }: Site,
  relay: PreviewRole & { role: 'relay' },
): Promise<Response> {
  if (!isDocument(request)) return unauthorized();
  const query = request.nextUrl.searchParams;
  try {
    const target = await relayAddress(relay, {
      query,
      origin: client.config.origin,
      now: client.now(),
    });
    return redirectTo(target, 303);
  } catch (error) {
    const look = pageContextOf(request);
    logEvent({ type: 'signIn.failed', ...failureOf(error) }, look.reference);
    return signInErrorPage(error, look, '/login');
  }
}

/** The callback: code for tokens, tokens verified, sealed into the session; then to the page. */
async function finish(request: NextRequest, site: Site): Promise<Response> {
  const { client, callbacks } = site;
  const { config } = client;
  const query = request.nextUrl.searchParams;
  const jar = openJar(request.cookies);
  const state = query.get('state') ?? '';
  const attempt = await recallAttempt(config, jar, state, client.now());
  try {
    const callback = readCallback(query, config.issuer);
    if (!attempt) throw new CognitoError('attempt_unknown');
    const session = await callbacks.finish(attempt, callback);
    markSignedIn(config, jar, session.signedInAt);
    await writeSession(config, jar, session, client.now());
    forgetAttempt(config, jar, state);
    logEvent(
      { type: 'signIn.finished', sub: subjectOf(session) },
      pageContextOf(request).reference,
    );
    return withCookies(redirectTo(`${config.origin}${attempt.returnTo}`, 303), jar);
  } catch (error) {
    const returnTo = attempt?.returnTo ?? callbacks.pageOf(state) ?? '/';
    if (isStale(error) && (await isSignedIn(request, site))) {
      return redirectTo(`${config.origin}${returnTo}`, 303);
    }
    const look = pageContextOf(request);
    logEvent({ type: 'signIn.failed', ...failureOf(error) }, look.reference);
    // After an outage the same callback may still succeed: a reload tries again.
    if (!isTransient(error)) forgetAttempt(config, jar, state);
    const again = `/login?${new URLSearchParams({ returnTo })}`;
    return withCookies(signInErrorPage(error, look, again), jar);
  }
}

/** A reload of a callback that is done: someone who is signed in just goes on. */
function isStale(error: unknown): boolean {
  if (!(error instanceof CognitoError)) return false;
  return ['attempt_unknown', 'attempt_replayed', 'invalid_grant'].includes(error.code);
}

async function isSignedIn(request: NextRequest, { client, sessions }: Site): Promise<boolean> {
  const jar = openJar(request.cookies);
  const session = await readSession(client.config, jar, client.now(), sessions);
  return session !== null && (await verifySession(client, session)).state !== 'none';
}

/** In seconds; from whoever asks for a fresh sign-in. */
function readMaxAge(query: URLSearchParams): { maxAge?: number } {
  const value = query.get('max_age') ?? '';
  return /^\d{1,6}$/.test(value) ? { maxAge: Number(value) } : {};
}

function readHints(query: URLSearchParams): Hints {
  const hints: Hints = {};
  for (const name of HINTS) {
    const value = query.get(name);
    if (value && value.length <= 256) hints[name] = value;
  }
  return hints;
}
