import { parseConfig } from '../../lib/cognito/config/parse-config';
import { openJar } from '../../lib/cognito/session/cookies';
import { createSessionStore } from '../../lib/cognito/session/session-store';
import { createSignOutMarker } from '../../lib/cognito/session/sign-out-marker';
import type { SealedCookie, SealSession } from '../../lib/local-pool/src/testing';

/**
 * Seals tokens into the cookies of a session that begins now, by the site's own code: or a test would
 * hold a cookie that the site never writes.
 *
 * @param environment the site's, SESSION_SECRET among it
 * @param tokens from the pool
 * @param before the cookies that the browser has for the site: old chunks of a session must go
 * @returns what to set; throws if the environment is none that the site would start with
 */
export const sealSession: SealSession = async (
  environment,
  tokens,
  before,
): Promise<SealedCookie[]> => {
  const parsed = parseConfig(environment);
  if (!parsed.ok) {
    const problems = parsed.problems.map(({ variable, problem }) => `${variable} ${problem}`);
    throw new Error(`No session can be sealed: ${problems.join('; ')}.`);
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
  // The site's clock, not the pool's: the pool's may have been moved on.
  const now = Math.floor(Date.now() / 1000);
  const session = { idToken, accessToken, refreshToken, signedInAt: now, receivedAt: now };
  createSignOutMarker(parsed.config, () => now).signIn(jar, now);
  await createSessionStore(parsed.config, () => now).write(jar, session);
  return jar.written.map(({ name, value, secure, maxAge }) => ({ name, value, secure, maxAge }));
};
