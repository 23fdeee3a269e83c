import { createHash, randomUUID } from 'node:crypto';
import { CompactSign } from 'jose';
import { accessTokenClaims, type Issue, idTokenClaims } from './claims';
import type { SigningKey } from './keys';
import { sealRefreshToken } from './refresh-token';
import type { AppClient } from './settings';
import type { Grant, PoolState } from './state';
import type { Account } from './users';

/** The token endpoint's answer. */
export interface TokenAnswer {
  /** Only with the scope `openid`. */
  id_token?: string;
  access_token: string;
  /** Not on a refresh, unless rotation is on. */
  refresh_token?: string;
  /** The access token's life in seconds; the ID token's may differ. */
  expires_in: number;
  token_type: 'Bearer';
}

/** What a grant came to: tokens, or the OAuth error that the client is told. */
export type GrantResult =
  | { kind: 'issued'; answer: TokenAnswer }
  | {
      kind: 'error';
      error: string;
      description?: string;
      /** A refresh token that rotation has replaced: the API has an exception of its own for it. */
      reused?: true;
    };

/** For whom tokens are made. */
export interface Recipient {
  grant: Grant;
  client: AppClient;
  account: Account;
  /** Of the authorization request; a refreshed ID token has none. */
  nonce?: string | undefined;
  /** The refresh token to hand out; none when the client keeps the one it has. */
  refreshTokenId?: string | undefined;
  /** For tests: over the usual claims of the two tokens; undefined takes a claim out. */
  changes?: ClaimChanges | undefined;
  /** The API's ID tokens have no `at_hash` (facts, section 9). Default: the token endpoint. */
  over?: 'token endpoint' | 'api';
}

/** What a test wants otherwise in tokens that the pool itself signs. */
export interface ClaimChanges {
  id?: Readonly<Record<string, unknown>>;
  access?: Readonly<Record<string, unknown>>;
}

/**
 * Signs a set of tokens for a grant.
 *
 * @param pool the pool
 * @param to for whom
 */
export async function issueTokens(pool: PoolState, to: Recipient): Promise<TokenAnswer> {
  const { grant, client } = to;
  const keys = await pool.keys.signing();
  const issue: Issue = {
    issuer: pool.settings.issuer,
    clientId: client.clientId,
    grant,
    account: to.account,
    iat: pool.now(),
    traceable: client.tokenRevocation || client.rotation !== undefined,
  };

  const forAccessToken = { seconds: client.accessTokenSeconds, jti: randomUUID() };
  const accessToken = await sign(
    { ...accessTokenClaims(issue, forAccessToken), ...to.changes?.access },
    keys.accessToken,
  );
  pool.accessTokens.set(tokenDigest(accessToken), {
    grantId: grant.id,
    scopes: grant.scopes,
    expiresAt: issue.iat + client.accessTokenSeconds,
  });

  const answer: TokenAnswer = {
    access_token: accessToken,
    expires_in: client.accessTokenSeconds,
    token_type: 'Bearer',
  };
  if (grant.scopes.includes('openid')) {
    const hashed = to.over === 'api' ? undefined : accessToken;
    const forIdToken = { seconds: client.idTokenSeconds, jti: randomUUID(), nonce: to.nonce };
    answer.id_token = await sign(
      { ...idTokenClaims(issue, { ...forIdToken, accessToken: hashed }), ...to.changes?.id },
      keys.idToken,
    );
  }
  if (to.refreshTokenId !== undefined) {
    const content = { grantId: grant.id, tokenId: to.refreshTokenId };
    answer.refresh_token = sealRefreshToken(content, pool.refreshTokenSecret);
  }
  return answer;
}

/** The header is `{kid, alg}` without `typ`, the slashes of the body are escaped (facts, section 9). */
async function sign(claims: Readonly<Record<string, unknown>>, key: SigningKey): Promise<string> {
  const body = JSON.stringify(claims).replaceAll('/', '\\/');
  return await new CompactSign(new TextEncoder().encode(body))
    .setProtectedHeader({ kid: key.kid, alg: 'RS256' })
    .sign(key.privateKey);
}

/**
 * The name under which the pool remembers an access token. Cognito verifies signatures instead;
 * from outside there is no difference, and a rotation of the keys needs no memory of old ones.
 *
 * @param token an access token
 */
export function tokenDigest(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
