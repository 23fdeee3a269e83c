import type { CookieJar } from 'iron-session';
import { after } from 'next/server';
import type { Site } from './get-site';
import { failureOf, logEvent } from './logging';
import { revokeToken } from './protocol/tokens';
import { forgetSession } from './session/session-status';

/**
 * Revokes the refresh token of the session that a sign-in has just replaced in its browser:
 * otherwise a copy of it would work until it expires. The response doesn't wait for this, and it
 * may fail: `after` runs it once the response has been sent.
 *
 * @param site the site
 * @param jar the cookies of the callback
 * @param reference of the request, for the log
 * @returns whether there was one
 */
export async function revokeReplaced(
  site: Site,
  jar: CookieJar,
  reference?: string,
): Promise<boolean> {
  const replaced = await forgetSession(site, jar);
  if (!replaced) return false;
  const report = (error: unknown) =>
    logEvent({ type: 'signOut.failed', step: 'revoke', ...failureOf(error) }, reference);
  after(() => revokeToken(site.client, replaced.refreshToken).catch(report));
  return true;
}
