import 'server-only';
import { cookies, headers } from 'next/headers';
import { forbidden, redirect, unauthorized } from 'next/navigation';
import { cache } from 'react';
import { readBearer } from './bearer';
import { getSite } from './get-site';
import { BAD_BEARER, FOREIGN, failureOf, logDenied, logEvent, referenceOf } from './logging';
import { HANDED } from './memory/hand-over';
import { type PageContext, pageContextOf } from './page-context';
import type { AccessTokenClaims, IdTokenClaims, User } from './protocol/claims';
import { CognitoError } from './protocol/errors';
import { isForged } from './request-kind';
import * as responses from './responses';
import {
  type Requirements,
  requirementUnmet,
  type Standing,
  unmet,
} from './responses/requirements';
import { openJar } from './session/cookies';
import type { Session } from './session/session';
import type { SessionEnd } from './session/session-end';
import { type SessionStatus, type SignedIn, verifySession } from './session/session-status';
import { isStaticRender, refuseStaticRender } from './static-pages/static-render';

/**
 * How long after their expiry a page still accepts tokens, in seconds. The middleware has already
 * refreshed tokens that were about to expire, but a busy server may take a moment to reach the
 * page.
 */
const TOLERANCE_SECONDS = 5;

/** When a token was issued and when it expires, in seconds since 1970. */
export interface TokenLifetime {
  readonly issuedAt: number;
  readonly expiresAt: number;
}

/** The visitor of a page: signed in, signed out, or unknown during an outage. */
export type Visitor =
  | ({
      readonly state: 'signed-in';
      readonly user: User;
      /** `refresh` is an upper limit: Cognito doesn't disclose when a refresh token expires. */
      readonly lifetimes: { id: TokenLifetime; access: TokenLifetime; refresh: TokenLifetime };
      /** How long ago the user signed in on the hosted UI, in seconds. */
      readonly signInAge: number;
      /**
       * Last refresh in seconds since 1970, by this server's clock; undefined before the first one.
       */
      readonly refreshedAt: number | undefined;
    } & SessionEnd)
  | { readonly state: 'signed-out' }
  /** There is a session, but it can't be verified or refreshed right now. */
  | { readonly state: 'unavailable' };

/**
 * The visitor, for public pages. Verifies the session itself, once per request, whatever the
 * middleware did.
 *
 * @returns the visitor; an invalid cookie counts as signed out
 */
export const getVisitor = cache(async (): Promise<Visitor> => {
  const status = await exactStatus();
  if (status.state === 'signed-in') return describe(status);
  return { state: status.state === 'signed-out' ? 'signed-out' : 'unavailable' };
});

/**
 * The signed-in user, for public pages.
 *
 * @returns the user; null if signed out, or if the session can't be verified right now
 */
export async function getUser(): Promise<User | null> {
  const status = await exactStatus();
  return status.state === 'signed-in' ? status.user : null;
}

/**
 * The signed-in user, for private pages. Await it in the page itself, outside Suspense and with no
 * `loading.tsx` above it, so that the response gets the right status.
 *
 * @returns the user
 * @throws Next's 401, or CognitoError `unavailable` if the session can't be verified right now
 */
export async function requireUser(): Promise<User> {
  return (await requireSignedIn()).user;
}

/**
 * The signed-in user, for pages that require a group. With a `loading.tsx` above the page, Next has
 * sent a 200 before this runs; an entry in `groupPages` makes it a 403 again.
 *
 * @param group the name of a Cognito group
 * @returns the user
 * @throws as `requireUser`, and Next's 403 if the user isn't in the group
 */
export async function requireGroup(group: string): Promise<User> {
  const user = await requireUser();
  if (!user.groups.includes(group)) forbidden();
  return user;
}

/**
 * The signed-in user, for pages that need a recent sign-in. If the sign-in is older, the visitor is
 * redirected to sign in again and then returns to the page.
 *
 * @param maxAge the maximum age of the sign-in on the hosted UI, in seconds
 * @param path the page to return to
 * @returns the user
 * @throws as `requireUser`, and Next's redirect to `/login`
 */
export async function requireRecentSignIn(maxAge: number, path: string): Promise<User> {
  const status = await requireSignedIn();
  if (status.signInAge <= maxAge) return status.user;
  redirect(`/login?${new URLSearchParams({ returnTo: path, max_age: String(maxAge) })}`);
}

/**
 * The access token, to call your own API on the user's behalf. Keep it on the server.
 *
 * @returns a verified token; null if signed out, or if the session can't be verified right now
 */
export async function getAccessToken(): Promise<string | null> {
  const status = await currentStatus();
  return status.state === 'signed-in' ? status.session.accessToken : null;
}

/**
 * The caller of a route handler: the verified claims (`token_use` says of which token), or the
 * response to return.
 */
export type Caller =
  | { readonly ok: true; readonly claims: IdTokenClaims | AccessTokenClaims }
  | { readonly ok: false; readonly response: Response };

/**
 * Authenticates the caller of a route handler: by bearer token if there is one, otherwise by
 * session. A cross-site request that uses the session gets a 403, unless its method is GET, HEAD or
 * OPTIONS.
 *
 * @param request the route handler's request
 * @param needs a group, a scope, or the maximum age of the sign-in; they apply to both kinds of
 *   caller. A group or scope that is missing is a 403 `insufficient_scope` (RFC 6750), a sign-in that
 *   is too old a 401 `insufficient_user_authentication` (RFC 9470)
 * @returns the claims of the access token or of the session's ID token, or a 401, 403 or 503 as
 *   JSON
 */
export async function authenticate(request: Request, needs: Requirements = {}): Promise<Caller> {
  const site = getSite();
  if (!site.ok) return { ok: false, response: responses.setUpJson() };
  const no = (response: Response, why: string): Caller => {
    return { ok: false, response: logDenied(response, why, referenceOf(request.headers)) };
  };
  const check = (claims: IdTokenClaims | AccessTokenClaims, standing: Standing): Caller => {
    const missing = unmet(needs, standing);
    if (!missing) return { ok: true, claims };
    return no(requirementUnmet(missing, needs), `does not meet: ${missing}`);
  };
  const bearer = await readBearer(site.client, request.headers);
  if (bearer.state === 'signed-in')
    return check(bearer.claims, { ...bearer, access: bearer.claims });
  if (bearer.state === 'invalid') return no(responses.unauthorized('invalid_token'), BAD_BEARER);
  if (bearer.state === 'unavailable') return { ok: false, response: responses.unavailableJson() };
  const status = await currentStatus();
  if (status.state === 'signed-out') return no(responses.unauthorized(), 'not signed in');
  if (status.state !== 'signed-in') return { ok: false, response: responses.unavailableJson() };
  if (isForged(request, site.config.origin)) return no(responses.forbiddenJson(), FOREIGN);
  const { claims, user, signInAge } = status;
  return check(claims.id, { groups: user.groups, signInAge, access: claims.access });
}

/** The page context of this request, for server components; `isStatic` if the page has no request. */
export async function getPageContext(): Promise<PageContext & { isStatic: boolean }> {
  const source = { headers: await headers(), cookies: await cookies() };
  return { ...pageContextOf(source), isStatic: await isStaticRender() };
}

/** The status of this request's session, opened and verified once for all callers. */
const currentStatus = cache(async (): Promise<SessionStatus> => {
  const site = getSite();
  await refuseStaticRender();
  if (!site.ok) return { state: 'signed-out' };
  const handed = (await headers()).get(HANDED);
  const session = await site.sessions.read(openJar(await cookies()), handed);
  return session ? verified(session, TOLERANCE_SECONDS) : { state: 'signed-out' };
});

/**
 * The same without tolerance: during an outage, a public page gets tokens that weren't refreshed.
 */
const exactStatus = cache(async (): Promise<SessionStatus> => {
  const status = await currentStatus();
  return status.state === 'signed-in' ? verified(status.session, 0) : status;
});

async function verified(session: Session, toleranceSeconds: number): Promise<SessionStatus> {
  const site = getSite();
  if (!site.ok) return { state: 'signed-out' };
  const status = await verifySession(site.client, session, toleranceSeconds);
  if (status.state === 'unavailable') {
    const reference = referenceOf(await headers());
    logEvent({ type: 'session.unknown', ...failureOf(status.error) }, reference);
  }
  return status;
}

async function requireSignedIn(): Promise<SignedIn> {
  const status = await currentStatus();
  if (status.state === 'signed-in') return status;
  if (status.state === 'signed-out') unauthorized();
  throw new CognitoError('unavailable', 'session');
}

async function describe(status: SignedIn): Promise<Visitor> {
  const site = getSite();
  if (!site.ok) return { state: 'signed-out' };
  const { user, claims, session } = status;
  const { id, access } = claims;
  const refreshExpiresAt = session.signedInAt + site.config.sessionLifetime;
  return {
    state: 'signed-in',
    user,
    lifetimes: {
      id: { issuedAt: id.iat, expiresAt: id.exp },
      access: { issuedAt: access.iat, expiresAt: access.exp },
      refresh: { issuedAt: session.signedInAt, expiresAt: refreshExpiresAt },
    },
    signInAge: status.signInAge,
    refreshedAt: session.receivedAt > session.signedInAt ? session.receivedAt : undefined,
    ...(await site.sessions.idle.endOf(openJar(await cookies()), session)),
  };
}
