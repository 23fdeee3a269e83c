import type { NextRequest } from 'next/server';
import {
  clearSession,
  type Environment,
  failureOf,
  foreignFormPage,
  forgetAttempts,
  forgetCookie,
  getSite,
  isSameOrigin,
  logEvent,
  logoutUrl,
  markSignedOut,
  openJar,
  type PageContext,
  pageContextOf,
  plainPage,
  readSession,
  redirectTo,
  revokeToken,
  type Session,
  setUpPage,
  signOutEverywhere,
  subjectOf,
  verifySession,
  withCookies,
  writeSession,
} from '@/lib/cognito';

type Site = Environment & { ok: true };

/** Shows a button and changes nothing: a link, an image or a prefetch must not sign anybody out. */
export function GET(request: NextRequest): Response {
  return plainPage(
    {
      status: 200,
      title: 'Sign out?',
      paragraphs: ['You can sign in again at any time.'],
      action: { label: 'Sign out', href: '/logout', method: 'post' },
    },
    pageContextOf(request),
  );
}

/** Next would answer HEAD with GET. */
export function HEAD(): Response {
  return new Response(null, { headers: { 'Cache-Control': 'private, no-store' } });
}

/** Revokes the tokens, clears the cookies, and ends the hosted UI's own session. */
export async function POST(request: NextRequest): Promise<Response> {
  const site = getSite();
  const look = pageContextOf(request);
  if (!site.ok) return setUpPage(site, look);
  const { client } = site;
  if (!isSameOrigin(request.headers, client.config.origin)) return foreignFormPage(look);

  const jar = openJar(request.cookies);
  const session = await readSession(client.config, jar, client.now(), site.sessions);
  forgetCookie(site.sessions, client.config, jar);
  const everywhere = session !== null && (await wantsEverywhere(request));
  if (session && everywhere) {
    const { done, current } = await endEverywhere(site, session, look.reference);
    if (!done) {
      // Refreshed on the way: where refresh tokens rotate, the old one is used up.
      if (current !== session) await writeSession(client.config, jar, current, client.now());
      return withCookies(stillSignedIn(look), jar);
    }
  } else if (session) {
    await endHere(client, session, look.reference);
  }
  markSignedOut(client.config, jar, session?.signedInAt, client.now());
  await clearSession(client.config, jar);
  forgetAttempts(client.config, jar);
  if (session) logEvent({ type: 'signOut', everywhere, sub: subjectOf(session) }, look.reference);
  return withCookies(redirectTo(logoutUrl(client.config), 303), jar);
}

/** A user pool that does not answer must not keep anybody signed in here. */
async function endHere(
  client: Site['client'],
  session: Session,
  reference: PageContext['reference'],
): Promise<void> {
  try {
    await revokeToken(client, session.refreshToken);
  } catch (error) {
    logEvent({ type: 'signOut.failed', step: 'revoke', ...failureOf(error) }, reference);
  }
}

/**
 * All devices or nothing: half of it would be a promise that was not kept. A session that turns out
 * to be over already, signed out everywhere from another device, counts as done.
 */
async function endEverywhere(
  { client, refresher }: Site,
  session: Session,
  reference: PageContext['reference'],
): Promise<{ done: boolean; current: Session }> {
  const fail = (error: unknown) =>
    logEvent({ type: 'signOut.failed', step: 'everywhere', ...failureOf(error) }, reference);
  let current = session;
  try {
    if ((await verifySession(client, session)).state !== 'live') {
      const outcome = await refresher.refresh(session);
      if (outcome.state === 'unavailable') fail(outcome.error);
      if (outcome.state !== 'refreshed') return { done: outcome.state === 'ended', current };
      current = outcome.session;
    }
    await signOutEverywhere(client, current.accessToken);
    return { done: true, current };
  } catch (error) {
    fail(error);
    const outcome = await refresher.refresh(current);
    if (outcome.state === 'refreshed') current = outcome.session;
    return { done: outcome.state === 'ended', current };
  }
}

function stillSignedIn(look: PageContext): Response {
  return plainPage(
    {
      status: 503,
      title: 'You are still signed in',
      paragraphs: [
        'The sign-in service did not confirm that your other devices are signed out, so nothing was changed. Try again in a few seconds, or sign out on this device only.',
      ],
      action: { label: 'Sign out on this device', href: '/logout', method: 'post' },
      retryAfter: 5,
    },
    look,
  );
}

/** A form with one field has a hundred bytes, even as multipart. */
const MAX_FORM_BYTES = 4096;

/** From the form's field, or from the address. A body that is no form asks for nothing. */
async function wantsEverywhere(request: NextRequest): Promise<boolean> {
  if (request.nextUrl.searchParams.has('everywhere')) return true;
  const type = request.headers.get('content-type') ?? '';
  const form = new Response(await readStart(request), { headers: { 'content-type': type } });
  const fields = await form.formData().catch(() => undefined);
  return fields?.has('everywhere') ?? false;
}

/** Only the start is parsed; Next itself holds the body, as far as `next.config.js` lets it. */
async function readStart({ body }: NextRequest): Promise<Uint8Array<ArrayBuffer>> {
  const start = new Uint8Array(MAX_FORM_BYTES);
  let length = 0;
  const reader = body?.getReader();
  while (reader && length < MAX_FORM_BYTES) {
    const { done, value } = await reader.read();
    if (done) break;
    const chunk = value.subarray(0, MAX_FORM_BYTES - length);
    start.set(chunk, length);
    length += chunk.length;
  }
  await reader?.cancel();
  return start.subarray(0, length);
}
