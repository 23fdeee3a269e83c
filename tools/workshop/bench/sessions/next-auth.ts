import { encode } from 'next-auth/jwt';
import { chunk } from '../cookie-header';
import { EMAIL, type Forger } from '../sessions';
import { claimsOf, mintTokens, startPool } from '../tokens';

const SECRET = 'a secret for the bench that is long enough';
const COOKIE = 'authjs.session-token';
/** `CHUNK_SIZE` in `@auth/core/lib/utils/cookie.js`, which does not export it. */
const CHUNK_SIZE = 3936;

/**
 * Makes sessions of Auth.js with its own `encode`, and with the content that its guide on refresh tokens keeps.
 *
 * @param origin of the app
 */
export async function createForger(origin: string): Promise<Forger> {
  const { pool, origin: poolOrigin, close } = await startPool(origin);
  return {
    environment: {
      AUTH_SECRET: SECRET,
      AUTH_URL: origin,
      AUTH_COGNITO_ID: 'client',
      AUTH_COGNITO_SECRET: 'secret',
      AUTH_COGNITO_ISSUER: poolOrigin,
    },
    close,
    async forge() {
      const { idToken, accessToken, refreshToken } = await mintTokens(pool);
      const { sub, name, exp } = claimsOf(idToken);
      const token = await encode({
        salt: COOKIE,
        secret: SECRET,
        token: {
          name: String(name),
          email: EMAIL,
          sub: String(sub),
          id_token: idToken,
          access_token: accessToken,
          refresh_token: refreshToken,
          expires_at: Number(exp),
        },
      });
      return chunk({
        name: COOKIE,
        value: token,
        size: CHUNK_SIZE,
        nameOf: (n) => `${COOKIE}.${n}`,
      });
    },
  };
}
