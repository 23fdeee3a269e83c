import { parseConfig } from '@/lib/cognito/config/parse-config';
import { createAppClient } from '@/lib/cognito/protocol/app-client';
import { startSignIn } from '@/lib/cognito/protocol/sign-in';
import { exchangeCode } from '@/lib/cognito/protocol/tokens';
import { openJar } from '@/lib/cognito/session/cookies';
import { createSessionStore } from '@/lib/cognito/session/session-store';
import type { RunningSite } from './site';
import { createVisitor, type Visitor } from './visitor';

/** Longer than tokens live, and shorter than they may be kept. */
const AN_HOUR_AND_A_BIT = 3700;

/**
 * Somebody who signed in a while ago and comes back with the cookies of then: real tokens of the
 * pool, made by putting its clock back for a moment, so that no test waits for them to expire.
 *
 * @param site the running site
 * @param options.username alice, unless said otherwise
 * @param options.ago how long ago the sign-in was, in seconds; by default the tokens have just expired
 */
export async function comeBack(
  site: RunningSite,
  options: { username?: string; ago?: number } = {},
): Promise<Visitor> {
  const { username = 'alice', ago = AN_HOUR_AND_A_BIT } = options;
  const parsed = parseConfig(site.environment);
  if (!parsed.ok) throw new Error('The site of a test is not configured.');
  const { config } = parsed;
  const now = Math.floor(Date.now() / 1000);
  const visitor = createVisitor(site.origin);
  const { url, attempt } = await startSignIn(config, { returnTo: '/', now });

  async function signIn() {
    const { searchParams } = new URL(await visitor.reachCallback(username, url));
    const code = searchParams.get('code') ?? '';
    const { codeVerifier } = attempt;
    return exchangeCode(createAppClient(config), { code, codeVerifier });
  }

  site.pool.advance(-ago);
  const tokens = await signIn().finally(() => site.pool.advance(ago));
  const jar = openJar({ get: () => undefined, getAll: () => [] });
  const then = now - ago;
  await createSessionStore(config, () => now).write(jar, {
    ...tokens,
    signedInAt: then,
    receivedAt: then,
  });
  const cookies = new Map(jar.written.map(({ name, value }) => [name, value]));
  // A browser that was elsewhere in between: the hosted UI does not know it any more.
  return createVisitor(site.origin, new Map([[new URL(site.origin).hostname, cookies]]));
}
