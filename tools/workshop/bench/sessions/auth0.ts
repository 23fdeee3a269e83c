import { generateSessionCookie } from '@auth0/nextjs-auth0/testing';
import { chunk } from '../cookie-header';
import { EMAIL, type Forger } from '../sessions';
import { claimsOf, mintTokens, startPool } from '../tokens';

/** 32 bytes in hexadecimal, as its README asks for. */
const SECRET = '6b1f0d5c3a2e49788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0';
const COOKIE = '__session';
/** `MAX_CHUNK_SIZE` in its `server/cookies.js`, which does not export it. */
const CHUNK_SIZE = 3500;

/**
 * Makes sessions of nextjs-auth0 with its own test helper.
 *
 * @param origin of the app
 */
export async function createForger(origin: string): Promise<Forger> {
  const { pool, close } = await startPool(origin);
  return {
    environment: {
      AUTH0_DOMAIN: 'auth.example.com',
      AUTH0_CLIENT_ID: 'client',
      AUTH0_CLIENT_SECRET: 'secret',
      AUTH0_SECRET: SECRET,
      APP_BASE_URL: origin,
    },
    close,
    async forge() {
      const { idToken, accessToken, refreshToken } = await mintTokens(pool);
      const { sub, name, exp, iat, scope } = claimsOf(accessToken, claimsOf(idToken));
      const session = {
        user: { sub: String(sub), name: String(name), email: EMAIL, email_verified: true },
        tokenSet: {
          accessToken,
          idToken,
          refreshToken,
          expiresAt: Number(exp),
          scope: String(scope),
          requestedScope: String(scope),
        },
        internal: { sid: String(sub), createdAt: Number(iat) },
      };
      const value = await generateSessionCookie(session, { secret: SECRET });
      return chunk({ name: COOKIE, value, size: CHUNK_SIZE, nameOf: (n) => `${COOKIE}__${n}` });
    },
  };
}
