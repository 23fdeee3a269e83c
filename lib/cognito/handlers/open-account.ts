import 'server-only';
import type { NextRequest } from 'next/server';
import type { Caller } from '../account/call';
import { getAccessToken } from '../current-user';
import { getSite } from '../get-site';
import { failureOf, logEvent, referenceOf, tracedFetch } from '../logging';
import type { User } from '../protocol/claims';
import { logoutUrl } from '../protocol/hosted-ui';
import { redirectTo, withCookies } from '../responses';
import { openJar } from '../session/cookies';
import { forgetSession, verifySession } from '../session/session-status';

/** The signed-in user of a form that changes the account. */
export interface OpenAccount {
  readonly ok: true;
  readonly user: User;
  /** Calls the user pool for the user. */
  readonly caller: Caller;
  /**
   * Refreshes the session, so that the next page shows the new claims, and adds it to a response. If
   * the user pool doesn't respond, the response stays as it is: the next refresh brings the claims.
   */
  readonly renew: (response: Response) => Promise<Response>;
  /** Ends the session here and on the hosted UI: the response for a user who was deleted. */
  readonly leave: () => Promise<Response>;
}

/** Why a form can't be accepted now. */
export type AccountClosed = {
  readonly ok: false;
  readonly why: 'signed-out' | 'sign-in-too-old' | 'unavailable';
};

/**
 * Opens the account of the user who sent a form, for route handlers. Check first that the form comes
 * from this site.
 *
 * @param request with the session's cookies
 * @param maxAge how long ago the user may have signed in on the hosted UI, in seconds
 */
export async function openAccount(
  request: NextRequest,
  maxAge: number,
): Promise<OpenAccount | AccountClosed> {
  const site = getSite();
  if (!site.ok) return { ok: false, why: 'unavailable' };
  const { client, config, refresher, sessions, attempts } = site;
  const jar = openJar(request.cookies);
  const session = await sessions.read(jar);
  if (!session) return { ok: false, why: 'signed-out' };
  const status = await verifySession(client, session);
  if (status.state === 'unavailable') return { ok: false, why: 'unavailable' };
  if (status.state !== 'signed-in') return { ok: false, why: 'signed-out' };
  // Not `>`: a comparison with NaN is false, and must not let the user in.
  if (!(status.signInAge <= maxAge)) return { ok: false, why: 'sign-in-too-old' };
  return {
    ok: true,
    user: status.user,
    caller: { api: config.api, fetch: tracedFetch, accessToken: session.accessToken },
    async renew(response) {
      const outcome = await refresher.refresh(session);
      if (outcome.state !== 'refreshed') return response;
      try {
        await sessions.write(jar, outcome.session);
      } catch (error) {
        // The new tokens don't fit into the cookies. The old session stays.
        const reference = referenceOf(request.headers);
        logEvent({ type: 'refresh.failed', ...failureOf(error) }, reference);
      }
      return withCookies(response, jar);
    },
    async leave() {
      await forgetSession(site, jar, true);
      await sessions.end(jar, session);
      attempts.forgetAll(jar);
      return withCookies(redirectTo(logoutUrl(config), 303), jar);
    },
  };
}

/**
 * The user's way to the user pool, for pages and Server Actions.
 *
 * @returns null if nobody is signed in, or if it can't be checked now
 */
export async function accountCaller(): Promise<Caller | null> {
  const site = getSite();
  const accessToken = await getAccessToken();
  if (!site.ok || accessToken === null) return null;
  return { api: site.config.api, fetch: tracedFetch, accessToken };
}
