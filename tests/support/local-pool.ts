/**
 * The local pool's test kit, set up for this site: it knows how the site seals a session. Import it
 * from here, so that `signInAs(…, { directly: true })` works.
 */
import { parseConfig } from '../../lib/cognito/config/parse-config';
import { openJar } from '../../lib/cognito/session/cookies';
import { createSignOutMarker } from '../../lib/cognito/session/session-end';
import { createSessionStore } from '../../lib/cognito/session/session-store';
import {
  type SealedCookie,
  type SealSession,
  startLocalPool as start,
  type TestPool,
  type TestPoolOptions,
} from '../../lib/local-pool/src/testing';

export { createJar, type Jar } from '../../lib/local-pool/src/testing';

/**
 * Starts a local pool for a test of this site.
 *
 * @param options the users, the site's origin, and any setting of the pool
 */
export async function startLocalPool(options: TestPoolOptions = {}): Promise<TestPool> {
  return await start({ seal: sealSession, ...options });
}

/**
 * Seals tokens into the cookies of a session that starts now. It uses the site's own code, so that
 * tests get exactly the cookies that the site would set.
 *
 * @param environment the site's, including SESSION_SECRET
 * @param tokens from the pool
 * @param before the browser's cookies for the site: chunks of an old session must be deleted
 * @returns the cookies to set
 * @throws Error if the site wouldn't start with this environment
 */
export const sealSession: SealSession = async (
  environment,
  tokens,
  before,
): Promise<SealedCookie[]> => {
  const parsed = parseConfig(environment);
  if (!parsed.ok) {
    const problems = parsed.problems.map(({ variable, problem }) => `${variable} ${problem}`);
    throw new Error(`Couldn’t seal a session: ${problems.join('; ')}.`);
  }
  const jar = openJar({
    get: (name) => {
      const value = before.get(name);
      return value === undefined ? undefined : { value };
    },
    getAll: () => [...before.keys()].map((name) => ({ name })),
  });
  const { id_token: idToken, access_token: accessToken, refresh_token: refreshToken } = tokens;
  if (idToken === undefined || refreshToken === undefined) {
    throw new Error('A session needs the scope openid and a refresh token.');
  }
  // Use the site's clock: a test may have changed the pool's.
  const now = Math.floor(Date.now() / 1000);
  const session = { idToken, accessToken, refreshToken, signedInAt: now, receivedAt: now };
  createSignOutMarker(parsed.config, () => now).signIn(jar, now);
  await createSessionStore(parsed.config, () => now).write(jar, session);
  return jar.written.map(({ name, value, secure, maxAge }) => ({ name, value, secure, maxAge }));
};
