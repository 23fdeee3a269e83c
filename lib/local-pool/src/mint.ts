import { randomUUID } from 'node:crypto';
import { openGrant } from './code-grant';
import { type ClaimChanges, issueTokens, type TokenAnswer } from './issue';
import type { AppClient } from './settings';
import type { PoolState } from './state';
import type { Account } from './users';

/** Tokens that a test asks for without a sign-in. */
export interface Minting {
  /** Over the usual claims; undefined takes a claim out. */
  claims?: ClaimChanges;
  /** Of the ID token; none unless given. */
  nonce?: string;
  /** An app client's id; default: the pool's first. */
  client?: string | undefined;
}

/**
 * Signs what a sign-in would have given: a grant, a refresh token that works, and both tokens, whose
 * claims a test may bend. They verify against the JWKS whatever their claims say.
 *
 * @param pool the pool
 * @param to.client the app client; the tokens have all of its scopes
 * @param to.account who signed in, this moment
 * @param minting what is to be otherwise
 * @throws Error when the pool's pre token generation trigger fails
 */
export async function mintTokens(
  pool: PoolState,
  to: { client: AppClient; account: Account },
  minting: Minting,
): Promise<TokenAnswer> {
  const { client, account } = to;
  const refreshTokenId = randomUUID();
  const record = { username: account.username, scopes: client.scopes, authTime: pool.now() };
  const grant = openGrant(pool, client, record, refreshTokenId);
  const result = await issueTokens(pool, {
    grant,
    client,
    account,
    nonce: minting.nonce,
    refreshTokenId,
    changes: minting.claims,
  });
  if (result.kind === 'error') throw new Error(result.description ?? result.error);
  return result.answer;
}
