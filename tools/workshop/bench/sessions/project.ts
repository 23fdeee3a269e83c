import { comeBack } from '../../../../tests/support/expired';
import { sealSession } from '../../../../tests/support/local-pool';
import type { Forger } from '../sessions';
import { DAY, mintTokens, startPool } from '../tokens';

/**
 * Makes sessions of this project, sealed by its own code.
 *
 * @param origin of the app
 */
export async function createForger(origin: string): Promise<Forger> {
  const { pool, environment, close } = await startPool(origin);
  const settings = environment();
  return {
    environment: settings,
    close,
    async forgeExpired() {
      const visitor = await comeBack({ origin, pool, environment: settings }, { ago: DAY + 100 });
      return visitor.cookieHeader();
    },
    async forge() {
      const { idToken, accessToken, refreshToken } = await mintTokens(pool);
      const cookies = await sealSession(
        settings,
        {
          id_token: idToken,
          access_token: accessToken,
          refresh_token: refreshToken,
          expires_in: 3600,
          token_type: 'Bearer',
        },
        new Map(),
      );
      return cookies
        .filter(({ maxAge }) => maxAge !== 0)
        .map(({ name, value }) => `${name}=${value}`)
        .join('; ');
    },
  };
}
