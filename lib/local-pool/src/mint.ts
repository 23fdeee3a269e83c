import { randomUUID } from 'node:crypto';
import { openGrant } from './code-grant';
import { type ClaimChanges, issueTokens, type TokenAnswer } from './issue';
import type { AppClient } from './settings';
import type { PoolState } from './state';
import type { Account } from './users';

/** Options for issuing tokens without a sign-in. */
export interface Minting {
  /** Override the usual claims; undefined removes a claim. */
  claims?: ClaimChanges;
  /** The nonce of the ID token; default: none. */
  nonce?: string;
  /** The id of an app client; default: the pool's first. */
  client?: string | undefined;
}

/**
 * Issues what a sign-in would: a grant, a working refresh token, an ID token and an access token. A
 * test can override their claims; the signatures are valid in any case.
 *
 * @param pool the pool
 * @param to.client the app client; the tokens have all of its scopes
 * @param to.account the user, who counts as signed in just now
 * @param minting the options
 * @throws Error if the pool's pre token generation trigger fails
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
