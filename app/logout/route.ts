import type { NextRequest } from 'next/server';
import { acceptFormPost } from '@/lib/cognito/form-post';
import type { Site } from '@/lib/cognito/get-site';
import { failureOf, logEvent } from '@/lib/cognito/logging';
import { pageContextOf } from '@/lib/cognito/page-context';
import { logoutUrl } from '@/lib/cognito/protocol/hosted-ui';
import { revokeToken, signOutEverywhere } from '@/lib/cognito/protocol/tokens';
import * as responses from '@/lib/cognito/responses';
import { openJar } from '@/lib/cognito/session/cookies';
import { type Session, subjectOf } from '@/lib/cognito/session/session';
import { forgetSession, resolveSession } from '@/lib/cognito/session/session-status';

/** Shows a button and changes nothing: a link, an image or a prefetch must not sign anybody out. */
export function GET(request: NextRequest): Response {
  return responses.signOutPage(pageContextOf(request));
}

/** Next would answer HEAD with GET. */
export const HEAD = responses.emptyAnswer;

/** Revokes the tokens, clears the cookies, and ends the hosted UI's own session. */
export async function POST(request: NextRequest): Promise<Response> {
  const post = acceptFormPost(request);
  if (!post.ok) return post.response;
  const { site, page } = post;
  const { attempts, client, config, sessions } = site;
  const jar = openJar(request.cookies);
  const session = await forgetSession(site, jar);
  const everywhere = session !== null && (await wantsEverywhere(request));
  const report = (error: unknown) => {
    const step = everywhere ? 'everywhere' : 'revoke';
    logEvent({ type: 'signOut.failed', step, ...failureOf(error) }, page.reference);
  };
  if (session && everywhere) {
    const { done, current } = await endEverywhere(site, session, report);
    if (!done) {
      // Refreshed on the way: where refresh tokens rotate, the old one is used up.
      if (current !== session) await sessions.write(jar, current);
      return responses.withCookies(responses.stillSignedInPage(page), jar);
    }
  } else if (session) {
    // A user pool that does not answer must not keep anybody signed in here.
    await revokeToken(client, session.refreshToken).catch(report);
  }
  await sessions.end(jar, session);
  attempts.forgetAll(jar);
  if (session) logEvent({ type: 'signOut', everywhere, sub: subjectOf(session) }, page.reference);
  return responses.withCookies(responses.redirectTo(logoutUrl(config), 303), jar);
}

/**
 * All devices or nothing: half of it would be a promise that was not kept. A session that has already ended, signed
 * out everywhere from another device, counts as done.
 */
async function endEverywhere(
  { client, refresher }: Site,
  session: Session,
  report: (error: unknown) => void,
): Promise<{ done: boolean; current: Session }> {
  const status = await resolveSession(client, refresher, session);
  if (status.state === 'unavailable') report(status.error);
  if (status.state !== 'signed-in') return { done: status.state === 'ended', current: session };
  const current = status.session;
  try {
    await signOutEverywhere(client, current.accessToken);
    return { done: true, current };
  } catch (error) {
    report(error);
    const outcome = await refresher.refresh(current);
    const done = outcome.state === 'ended';
    return { done, current: outcome.state === 'refreshed' ? outcome.session : current };
  }
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
