import type { CookieJar } from 'iron-session';
import type { CognitoConfig } from '../protocol/cognito-config';
import { cookieName } from './cookies';

/**
 * A sign-out always wins. A refresh that was under way when somebody signed out may set its cookies later,
 * from another tab or another instance that cannot know. So the browser itself remembers: the cookie
 * `signed-out` holds the second before which no sign-in counts, and every read of a session checks it. It is
 * not a secret: a person who can change it could delete the session as well, and the next sign-in corrects it.
 */
const NAME = 'signed-out';

/**
 * Creates the reader and writer of that cookie.
 *
 * @param config the cookie's name and lifetime
 * @param now a clock, in seconds since 1970
 */
export function createSignOutMarker(config: CognitoConfig, now: () => number) {
  const name = cookieName(config, NAME);
  const session = cookieName(config, 'session');
  const write = (jar: CookieJar, second: number) =>
    jar.write(name, String(second), { maxAge: config.sessionLifetime });

  return {
    /** Whether this browser signed out, or signed in anew, after that sign-in (seconds since 1970). */
    isSignedOut(jar: CookieJar, signedInAt: number): boolean {
      const mark = jar.read(name) ?? '';
      return /^\d{1,11}$/.test(mark) && signedInAt < Number(mark);
    },
    /** Remembers a sign-out for as long as an earlier session could last. */
    signOut(jar: CookieJar, signedInAt: number | undefined): void {
      // The session may have begun in this very second, or by a clock that is ahead of this one.
      write(jar, Math.max(Math.floor(now()), (signedInAt ?? 0) + 1));
    },
    /** Moves the mark to a new sign-in: this one counts, and no earlier one comes back over it. */
    signIn(jar: CookieJar, signedInAt: number): void {
      const names = jar.names?.() ?? [];
      if (names.some((each) => each === name || each.startsWith(session))) write(jar, signedInAt);
    },
  };
}
