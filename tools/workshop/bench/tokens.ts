import { randomBytes, randomUUID } from 'node:crypto';
import type { LocalPool } from '../../../lib/local-pool/src/pool';
import { startLocalPool, type TestPool } from '../../../lib/local-pool/src/testing';
import { testClients } from '../../../lib/local-pool/src/testing/test-seeds';

/** Three tokens as a user pool hands them out. */
export interface Tokens {
  readonly idToken: string;
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** No token may come to its end during a run: a refresh is another thing to measure. Cognito's most. */
const DAY = 86_400;

/**
 * Starts a local user pool that signs the tokens of an app and serves their keys.
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
 * The tokens of a new sign-in of `alice`, as long as real ones are.
 *
 * @param pool signs them
 * @param access more claims of the access token
 */
export async function mintTokens(
  pool: LocalPool,
  access: Readonly<Record<string, unknown>> = {},
): Promise<Tokens> {
  const nonce = randomBytes(32).toString('base64url');
  // Cognito's tokens have these beyond the local pool's, and are longer by them.
  const event = { event_id: randomUUID() };
  const device = { device_key: `us-east-1_${randomUUID()}` };
  const { id_token, access_token, refresh_token } = await pool.mint('alice', {
    nonce,
    claims: { access: { ...event, ...device, ...access } },
  });
  if (id_token === undefined || refresh_token === undefined) throw new Error('A token is missing.');
  return { idToken: id_token, accessToken: access_token, refreshToken: refresh_token };
}

/**
 * The claims of a token that was made here, unverified.
 *
 * @param token a JWT
 * @param under claims of another one, which these go over
 */
export function claimsOf(token: string, under: Claims = {}): Claims {
  const body = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8');
  return { ...under, ...JSON.parse(body) };
}

type Claims = Readonly<Record<string, unknown>>;
