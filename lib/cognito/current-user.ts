import 'server-only';
import { cookies } from 'next/headers';
import { forbidden, redirect, unauthorized } from 'next/navigation';
import { cache } from 'react';
import { readBearer } from './bearer';
import { getSite } from './get-site';
import { failureOf } from './logging/failure';
import { BAD_BEARER, denied, FOREIGN, logEvent } from './logging/log-event';
import { referenceOf } from './page-context';
import { getReference } from './page-look';
import type { AccessTokenClaims, IdTokenClaims, User } from './protocol/claims';
import { CognitoError } from './protocol/errors';
import * as answers from './responses/answers';
import { isForged } from './same-origin';
import { openJar } from './session/cookies';
import { type SessionEnd, sessionEnd } from './session/ending';
import { readSession, type Session } from './session/session';
import { type SessionState, signInAge, verifySession } from './session/session-status';

/**
 * How long tokens may be over where the middleware has let somebody in, in seconds: it has refreshed
 * what was about to expire, and a busy server takes a moment from there to the page.
 */
const ON_THE_WAY = 5;

/** When a token was issued and when it is over, in seconds since 1970. */
export interface TokenLife {
  readonly issuedAt: number;
  readonly expiresAt: number;
}

/** Who is visiting, as far as can be told. */
export type Visitor =
  | ({
      readonly state: 'signed-in';
      readonly user: User;
      /** `refresh` is our bound: the refresh token itself tells nobody when it ends. */
      readonly lives: { id: TokenLife; access: TokenLife; refresh: TokenLife };
      /** How long ago the person signed in on the hosted UI, in seconds. */
      readonly signInAge: number;
      /** When the tokens were last refreshed, by our clock; undefined if never since the sign-in. */
      readonly refreshedAt: number | undefined;
    } & SessionEnd)
  | { readonly state: 'signed-out' }
  /** There is a session, but it cannot be verified or refreshed right now. */
  | { readonly state: 'unknown' };

/**
 * Who is visiting. Verifies by itself, whatever the middleware said; once for each request.
 *
 * @returns never throws for a bad cookie: that is a visitor who is signed out
 */
export const getVisitor = cache((): Promise<Visitor> => describeVisitor(0));

/** The same, for who was let in already. */
const getInsider = cache((): Promise<Visitor> => describeVisitor(ON_THE_WAY));

async function describeVisitor(over: number): Promise<Visitor> {
  const site = getSite();
  if (!site.ok) return { state: 'signed-out' };
  const current = await currentSession(over);
  if (current.state !== 'live') {
    return { state: current.state === 'none' ? 'signed-out' : 'unknown' };
  }
  const { user, claims, session } = current;
  const { config, now } = site.client;
  return {
    state: 'signed-in',
    user,
    lives: {
      id: { issuedAt: claims.id.iat, expiresAt: claims.id.exp },
      access: { issuedAt: claims.access.iat, expiresAt: claims.access.exp },
      refresh: {
        issuedAt: session.signedInAt,
        expiresAt: session.signedInAt + config.sessionLifetime,
      },
    },
    signInAge: signInAge(current, now()),
    refreshedAt: session.receivedAt > session.signedInAt ? session.receivedAt : undefined,
    ...(await sessionEnd(config, openJar(await cookies()), session)),
  };
}

/**
 * The signed-in person, for pages that anybody may see.
 *
 * @returns the user, or null
 */
export async function getUser(): Promise<User | null> {
  const visitor = await getVisitor();
  return visitor.state === 'signed-in' ? visitor.user : null;
}

/**
 * The signed-in person, for pages that only they may see. Await it in the page itself, outside
 * Suspense, so that the status is right.
 *
 * @returns the user
 * @throws Next's 401, or `keys_unavailable` if it cannot be told right now
 */
export async function requireUser(): Promise<User> {
  const visitor = await getInsider();
  if (visitor.state === 'signed-in') return visitor.user;
  if (visitor.state === 'unknown') throw new CognitoError('unavailable', 'session');
  unauthorized();
}

/**
 * The signed-in person, for pages of a group.
 *
 * @param group a Cognito group's name
 * @returns the user
 * @throws Next's 401 or 403
 */
export async function requireGroup(group: string): Promise<User> {
  const user = await requireUser();
  if (!user.groups.includes(group)) forbidden();
  return user;
}

/**
 * The signed-in person, for a page where that alone is not enough: who signed in longer ago than
 * `maxAge` is asked to sign in again, and comes back.
 *
 * @param maxAge how long ago the person may have signed in on the hosted UI, in seconds
 * @param path of the page, to come back to
 * @returns the user
 * @throws Next's 401, or its redirect to `/login`
 */
export async function requireRecentSignIn(maxAge: number, path: string): Promise<User> {
  const user = await requireUser();
  const visitor = await getInsider();
  if (visitor.state === 'signed-in' && visitor.signInAge <= maxAge) return user;
  redirect(`/login?${new URLSearchParams({ returnTo: path, max_age: String(maxAge) })}`);
}

/**
 * The access token, to call an API of yours on the person's behalf. Keep it on the server.
 *
 * @returns a verified token, or null if nobody is signed in
 */
export async function getAccessToken(): Promise<string | null> {
  const current = await currentSession(ON_THE_WAY);
  return current.state === 'live' ? current.session.accessToken : null;
}

/** The caller of a route handler: their claims, or the answer to give them. */
export type Caller =
  | { readonly ok: true; readonly claims: IdTokenClaims | AccessTokenClaims }
  | { readonly ok: false; readonly response: Response };

/**
 * Who calls a route handler: by bearer token if there is one, else by session. A session counts for
 * more than reading only in a request from a page of this site.
 *
 * @param request of the route handler
 * @returns the claims of the access token or of the session's ID token, or a 401, 403 or 503 in JSON
 */
export async function authenticate(request: Request): Promise<Caller> {
  const site = getSite();
  if (!site.ok) return { ok: false, response: answers.setUpJson() };
  const bearer = await readBearer(site.client, request.headers);
  if (bearer.state === 'live') return { ok: true, claims: bearer.claims };
  const no = (response: Response, why: string): Caller => {
    return { ok: false, response: denied(response, why, referenceOf(request.headers)) };
  };
  if (bearer.state === 'invalid') return no(answers.unauthorized('invalid_token'), BAD_BEARER);
  if (bearer.state === 'unavailable') return { ok: false, response: answers.unavailableJson() };
  const visitor = await getInsider();
  if (visitor.state === 'signed-in') {
    if (isForged(request, site.client.config.origin)) {
      return no(answers.forbiddenJson(), FOREIGN);
    }
    return { ok: true, claims: visitor.user.claims };
  }
  if (visitor.state === 'unknown') return { ok: false, response: answers.unavailableJson() };
  return no(answers.unauthorized(), 'not signed in');
}

// demo
/**
 * The session of who is visiting, with the tokens themselves: for a page that shows how a session is
 * made. Nothing of them may leave the server.
 *
 * @returns the session, verified; null if nobody is signed in or that cannot be told right now
 */
export async function getLiveSession(): Promise<(SessionState & { state: 'live' }) | null> {
  const current = await currentSession(0);
  return current.state === 'live' ? current : null;
}
// /demo

/** Opened once for each request, whoever asks. */
const openedSession = cache(async (): Promise<Session | null> => {
  const site = getSite();
  if (!site.ok) return null;
  const { client, sessions } = site;
  return readSession(client.config, openJar(await cookies()), client.now(), sessions);
});

/** Judged once for each `over`; its signatures are verified once for all of them. */
const currentSession = cache(async (over: number): Promise<SessionState> => {
  const site = getSite();
  const session = await openedSession();
  if (!site.ok || !session) return { state: 'none' };
  const state = await verifySession(site.client, session, -over);
  if (state.state === 'unavailable') {
    logEvent({ type: 'session.unknown', ...failureOf(state.error) }, await getReference());
  }
  return state;
});
