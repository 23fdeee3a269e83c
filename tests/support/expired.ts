import { randomBytes } from 'node:crypto';
import { parseConfig } from '@/lib/cognito/config/parse-config';
import { openJar } from '@/lib/cognito/session/cookies';
import { createSessionStore } from '@/lib/cognito/session/session-store';
import type { RunningSite } from './site';
import { createVisitor, type Visitor } from './visitor';

/** Longer than the lifetime of ID and access tokens, and shorter than that of a session. */
const AN_HOUR_AND_A_BIT = 3700;

/**
 * Creates a visitor who signed in a while ago and returns with the cookies from that time. Their
 * tokens are real: the pool issues them with its clock set back for a moment, so that no test waits
 * for tokens to expire. The visitor has no session at the hosted UI.
 *
 * @param site the running site
 * @param options.username `alice` by default
 * @param options.ago how long ago the sign-in was, in seconds; by default the tokens have just expired
 */
export async function comeBack(
  site: Pick<RunningSite, 'origin' | 'pool' | 'environment'>,
  options: { username?: string; ago?: number } = {},
): Promise<Visitor> {
  const { username = 'alice', ago = AN_HOUR_AND_A_BIT } = options;
  const parsed = parseConfig(site.environment);
  if (!parsed.ok) throw new Error('The configuration of the test’s site is invalid.');
  site.pool.advance(-ago);
  const nonce = randomBytes(16).toString('base64url');
  const minting = site.pool.mint(username, { nonce });
  const tokens = await minting.finally(() => site.pool.advance(ago));
  const { id_token: idToken, access_token: accessToken, refresh_token: refreshToken } = tokens;
  if (!idToken || !refreshToken) throw new Error('The pool didn’t issue all three tokens.');
  const now = Math.floor(Date.now() / 1000);
  const times = { signedInAt: now - ago, receivedAt: now - ago };
  const jar = openJar({ get: () => undefined, getAll: () => [] });
  const store = createSessionStore(parsed.config, () => now);
  await store.write(jar, { idToken, accessToken, refreshToken, ...times });
  const cookies = new Map(jar.written.map(({ name, value }) => [name, value]));
  return createVisitor(site.origin, new Map([[new URL(site.origin).hostname, cookies]]));
}
