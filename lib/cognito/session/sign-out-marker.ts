import type { CookieJar } from 'iron-session';
import type { CognitoConfig } from '../config/parse-config';
import { cookieName, cookieOptions } from './cookies';

/**
 * A sign-out wins, always. A refresh that was under way when somebody signed out may set its cookies
 * later, from another tab or another instance, and nobody there can know. So the browser itself
 * remembers: the cookie `signed-out` holds the second before which no sign-in counts any more, and
 * every reader of a session asks it. It is no secret; who could change it could delete the session
 * as well, and the next sign-in sets it right.
 */
const NAME = 'signed-out';

/**
 * Whether this browser has signed out, or signed in anew, since that sign-in.
 *
 * @param config names the cookie
 * @param jar the request's cookies
 * @param signedInAt of a session, in seconds since 1970
 */
export function isSignedOut(config: CognitoConfig, jar: CookieJar, signedInAt: number): boolean {
  const mark = jar.read(cookieName(config, NAME)) ?? '';
  return /^\d{1,11}$/.test(mark) && signedInAt < Number(mark);
}

/**
 * Remembers a sign-out for as long as a session of before could live.
 *
 * @param config names the cookie
 * @param jar the request's cookies
 * @param signedInAt of the session that ends, if one was there
 * @param now seconds since 1970
 */
export function markSignedOut(
  config: CognitoConfig,
  jar: CookieJar,
  signedInAt: number | undefined,
  now: number,
): void {
  // The session may have begun in this very second, or by a clock that is ahead of ours.
  write(config, jar, Math.max(Math.floor(now), (signedInAt ?? 0) + 1));
}

/**
 * Moves the mark to a new sign-in, so that this one counts and none of before it: whoever was signed
 * in here before does not come back over it.
 *
 * @param config names the cookie
 * @param jar the request's cookies
 * @param signedInAt of the new session, in seconds since 1970
 */
export function markSignedIn(config: CognitoConfig, jar: CookieJar, signedInAt: number): void {
  const names = jar.names?.() ?? [];
  const session = cookieName(config, 'session');
  const before = names.some((name) => name.startsWith(session));
  if (before || names.includes(cookieName(config, NAME))) write(config, jar, signedInAt);
}

function write(config: CognitoConfig, jar: CookieJar, second: number): void {
  const options = { ...cookieOptions(config), maxAge: config.sessionLifetime };
  jar.write(cookieName(config, NAME), String(second), options);
}
