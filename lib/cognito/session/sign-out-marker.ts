import type { CookieJar } from 'iron-session';
import type { CognitoConfig } from '../protocol/cognito-config';
import { cookieName } from './cookies';

/**
 * Creates the functions that read and write the cookie `signed-out`.
 *
 * A sign-out takes precedence over a refresh. A refresh that was running when the user signed out
 * may set its cookies later, from another tab, or from another instance that can't know of the
 * sign-out. So the browser itself remembers it: the cookie contains a time in seconds since 1970,
 * and every read of a session ignores sign-ins before that time. The cookie isn't secret: anyone
 * who can change it could delete the session as well, and the next sign-in corrects it.
 *
 * @param config for the cookie's name and lifetime
 * @param now a clock, in seconds since 1970
 */
export function createSignOutMarker(config: CognitoConfig, now: () => number) {
  const name = cookieName(config, 'signed-out');
  const session = cookieName(config, 'session');
  const write = (jar: CookieJar, second: number) =>
    jar.write(name, String(second), { maxAge: config.sessionLifetime });

  return {
    /**
     * Whether this browser signed out or signed in again after a sign-in, in seconds since 1970.
     */
    isSignedOut(jar: CookieJar, signedInAt: number): boolean {
      const mark = jar.read(name) ?? '';
      return /^\d{1,11}$/.test(mark) && signedInAt < Number(mark);
    },
    /** Records a sign-out, for as long as an earlier session could last. */
    signOut(jar: CookieJar, signedInAt: number | undefined): void {
      // The session may have started in this same second, or on a server whose clock is ahead.
      write(jar, Math.max(Math.floor(now()), (signedInAt ?? 0) + 1));
    },
    /** Moves the time to a new sign-in, so that no earlier session can replace the new one. */
    signIn(jar: CookieJar, signedInAt: number): void {
      const names = jar.names?.() ?? [];
      if (names.some((each) => each === name || each.startsWith(session))) write(jar, signedInAt);
    },
  };
}
