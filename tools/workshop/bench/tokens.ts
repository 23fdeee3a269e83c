import { randomBytes, randomUUID } from 'node:crypto';
import type { LocalPool } from '../../../lib/local-pool/src/pool';
import { startLocalPool, type TestPool } from '../../../lib/local-pool/src/testing';
import { testClients } from '../../../lib/local-pool/src/testing/test-seeds';

/** The three tokens that a user pool issues. */
export interface Tokens {
  readonly idToken: string;
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** The longest token lifetime in Cognito, in seconds: no token may expire during a run, except where refreshes are measured. */
export const DAY = 86_400;

/**
 * Starts a local user pool that signs the tokens for an app and serves its keys.
 *
 * @param origin of the app
 */
export async function startPool(origin: string): Promise<TestPool> {
  const clients = testClients(origin).map((client) => ({
    ...client,
    idTokenSeconds: DAY,
    accessTokenSeconds: DAY,
  }));
  return await startLocalPool({ site: origin, clients, env: {} });
}

/**
 * The tokens of a new sign-in of `alice`, as long as real tokens.
 *
 * @param pool signs the tokens
 * @param access additional claims for the access token
 * @param ago how long ago the sign-in was, in seconds
 */
export async function mintTokens(
  pool: LocalPool,
  access: Readonly<Record<string, unknown>> = {},
  ago = 0,
): Promise<Tokens> {
  const nonce = randomBytes(32).toString('base64url');
  // Cognito's tokens have these claims in addition to the local pool's, and are that much longer.
  const event = { event_id: randomUUID() };
  const device = { device_key: `us-east-1_${randomUUID()}` };
  pool.advance(-ago);
  const minting = pool.mint('alice', {
    nonce,
    claims: { access: { ...event, ...device, ...access } },
  });
  const tokens = await minting.finally(() => pool.advance(ago));
  const { id_token, access_token, refresh_token } = tokens;
  if (id_token === undefined || refresh_token === undefined) throw new Error('A token is missing.');
  return { idToken: id_token, accessToken: access_token, refreshToken: refresh_token };
}

/**
 * The claims of a token that was made here. It doesn't verify the token.
 *
 * @param token a JWT
 * @param under claims of another token, which the token's own claims override
 */
export function claimsOf(token: string, under: Claims = {}): Claims {
  const body = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8');
  return { ...under, ...JSON.parse(body) };
}

type Claims = Readonly<Record<string, unknown>>;
