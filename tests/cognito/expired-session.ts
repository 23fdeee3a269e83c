import { createRefresher } from '@/lib/cognito/session/refresh';
import { fakePool, mintSession, mintTokens, NOW, tokenAnswer } from './support';

/** The path of the token endpoint. */
export const TOKEN = '/oauth2/token';
/** When the tokens of `expired` have expired, in seconds since 1970. */
export const LATER = NOW + 3600;

/** A session whose tokens have just expired, and a pool that returns new ones. */
export async function expired(change: Parameters<typeof mintTokens>[0] = {}) {
  const pool = await fakePool();
  const session = await mintSession();
  const fresh = await mintTokens({ iat: LATER, id: { nonce: undefined }, ...change });
  pool.now = LATER;
  pool.answer = () => tokenAnswer({ idToken: fresh.idToken, accessToken: fresh.accessToken });
  const refresher = createRefresher(pool.client);
  return { pool, session, fresh, refresher, refresh: refresher.refresh };
}
