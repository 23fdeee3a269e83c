import { randomBytes, randomUUID } from 'node:crypto';
import { betterAuth } from 'better-auth';
import { createAuthEndpoint } from 'better-auth/api';
import { setAccountCookie, setSessionCookie } from 'better-auth/cookies';
import { options } from '../apps/better-auth/options';
import { EMAIL, type Forger } from '../sessions';
import { claimsOf, mintTokens, startPool } from '../tokens';

const WEEK = 7 * 86_400_000;

/**
 * Makes sessions of better-auth without a database, with its own cookie functions: an endpoint in this
 * process does what the last part of its OAuth callback does.
 *
 * @param origin of the app
 */
export async function createForger(origin: string): Promise<Forger> {
  const environment = {
    SITE_ORIGIN: origin,
    BETTER_AUTH_SECRET: randomBytes(32).toString('base64url'),
  };
  const { pool, close } = await startPool(origin);
  const signIn = createAuthEndpoint('/bench-sign-in', { method: 'POST' }, async (ctx) => {
    const { idToken, accessToken, refreshToken } = await mintTokens(pool);
    const { sub, name, scope } = claimsOf(accessToken, claimsOf(idToken));
    const now = new Date();
    const times = { createdAt: now, updatedAt: now };
    const user = {
      id: randomUUID(),
      name: String(name),
      email: EMAIL,
      emailVerified: true,
      image: null,
      ...times,
    };
    const expiresAt = new Date(now.getTime() + WEEK);
    const token = randomBytes(24).toString('base64url');
    const session = {
      id: randomUUID(),
      userId: user.id,
      token,
      expiresAt,
      ipAddress: '127.0.0.1',
      userAgent: '',
      ...times,
    };
    await setSessionCookie(ctx, { session, user });
    await setAccountCookie(ctx, {
      id: randomUUID(),
      providerId: 'cognito',
      accountId: String(sub),
      userId: user.id,
      accessToken,
      refreshToken,
      idToken,
      accessTokenExpiresAt: new Date(now.getTime() + 86_400_000),
      scope: String(scope),
      ...times,
    });
    return { done: true };
  });
  const auth = betterAuth({
    ...options(environment),
    plugins: [{ id: 'bench', endpoints: { signIn } }],
  });
  return {
    environment,
    close,
    async forge() {
      const { headers } = await auth.api.signIn({ returnHeaders: true });
      return headers
        .getSetCookie()
        .map((line) => line.slice(0, line.indexOf(';')))
        .join('; ');
    },
  };
}
