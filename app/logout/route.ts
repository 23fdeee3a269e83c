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
import { withFlash } from '@/lib/flash';

/** Shows a button and changes nothing: a link, an image or a prefetch must not sign the user out. */
export function GET(request: NextRequest): Response {
  return responses.signOutPage(pageContextOf(request));
}

/** By default Next runs GET for HEAD requests. */
export const HEAD = responses.emptyAnswer;

/** Revokes the tokens, clears the cookies, and ends the hosted UI's own session. */
export async function POST(request: NextRequest): Promise<Response> {
  const post = await acceptFormPost(request);
  if (!post.ok) return post.response;
  const { site, page, form } = post;
  const { attempts, client, config, sessions } = site;
  const jar = openJar(request.cookies);
  const wanted = wantsEverywhere(request, form);
  const session = await forgetSession(site, jar, wanted);
  const everywhere = session !== null && wanted;
  const report = (error: unknown) => {
    const step = everywhere ? 'everywhere' : 'revoke';
    logEvent({ type: 'signOut.failed', step, ...failureOf(error) }, page.reference);
  };
  if (session && everywhere) {
    const { done, current } = await endEverywhere(site, session, report);
    if (!done) {
      // The session was refreshed meanwhile. With refresh token rotation, the old token no longer works.
      if (current !== session) await sessions.write(jar, current);
      return responses.withCookies(responses.stillSignedInPage(page), jar);
    }
  } else if (session) {
    // If the user pool doesn't respond, still sign the user out of this site.
    await revokeToken(client, session.refreshToken).catch(report);
  }
  await sessions.end(jar, session);
  attempts.forgetAll(jar);
  if (session) logEvent({ type: 'signOut', everywhere, sub: subjectOf(session) }, page.reference);
  const response = responses.withCookies(responses.redirectTo(logoutUrl(config), 303), jar);
  return withFlash(response, new URL(config.logoutUri).pathname, 'signedOut');
}

/**
 * Signs out all devices or none: signing out only some would break the promise that the button makes. A session
 * that has already ended, for example because another device signed out everywhere, counts as done.
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

/** From the form's field, or from the address. */
function wantsEverywhere({ nextUrl }: NextRequest, form: URLSearchParams): boolean {
  return form.has('everywhere') || nextUrl.searchParams.has('everywhere');
}
