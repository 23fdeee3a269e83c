import type { NextRequest } from 'next/server';
import { acceptFormPost } from '@/lib/cognito/form-post';
import type { Site } from '@/lib/cognito/get-site';
import { failureOf, logEvent } from '@/lib/cognito/logging';
import { type PageContext, pageContextOf } from '@/lib/cognito/page-context';
import { logoutUrl } from '@/lib/cognito/protocol/hosted-ui';
import { revokeToken, signOutEverywhere } from '@/lib/cognito/protocol/tokens';
import { withCookies } from '@/lib/cognito/request-context';
import * as responses from '@/lib/cognito/responses';
import { openJar } from '@/lib/cognito/session/cookies';
import { type Session, subjectOf } from '@/lib/cognito/session/session';
import { verifySession } from '@/lib/cognito/session/session-status';

/** Shows a button and changes nothing: a link, an image or a prefetch must not sign anybody out. */
export function GET(request: NextRequest): Response {
  return responses.plainPage(
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
  return responses.emptyAnswer();
}

/** Revokes the tokens, clears the cookies, and ends the hosted UI's own session. */
export async function POST(request: NextRequest): Promise<Response> {
  const post = acceptFormPost(request);
  if (!post.ok) return post.response;
  const { site, page } = post;
  const { attempts, config, sessions } = site;
  const jar = openJar(request.cookies);
  const session = await sessions.read(jar);
  sessions.forget(jar);
  const everywhere = session !== null && (await wantsEverywhere(request));
  if (session && everywhere) {
    const { done, current } = await endEverywhere(site, session, page.reference);
    if (!done) {
      // Refreshed on the way: where refresh tokens rotate, the old one is used up.
      if (current !== session) await sessions.write(jar, current);
      return withCookies(stillSignedIn(page), jar);
    }
  } else if (session) {
    await endHere(site, session, page.reference);
  }
  await sessions.end(jar, session);
  attempts.forgetAll(jar);
  if (session) logEvent({ type: 'signOut', everywhere, sub: subjectOf(session) }, page.reference);
  return withCookies(responses.redirectTo(logoutUrl(config), 303), jar);
}

/** A user pool that does not answer must not keep anybody signed in here. */
async function endHere(
  { client }: Site,
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
 * All devices or nothing: half of it would be a promise that was not kept. A session that has already ended, signed
 * out everywhere from another device, counts as done.
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
    if ((await verifySession(client, session)).state !== 'signed-in') {
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

function stillSignedIn(page: PageContext): Response {
  return responses.plainPage(
    {
      status: 503,
      title: 'You are still signed in',
      paragraphs: [
        'The sign-in service did not confirm that your other devices are signed out, so nothing was changed. Try again in a few seconds, or sign out on this device only.',
      ],
      action: { label: 'Sign out on this device', href: '/logout', method: 'post' },
      retryAfter: 5,
    },
    page,
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
