import { createHash, randomUUID } from 'node:crypto';
import { CompactSign } from 'jose';
import { accessTokenClaims, type Issue, idTokenClaims } from './claims';
import { type GroupConfiguration, groupConfiguration } from './group-claims';
import type { SigningKey } from './keys';
import {
  changeClaims,
  changeGroups,
  changeScopes,
  type OverrideDetails,
  type PreTokenGenerationEvent,
} from './pre-token-generation';
import { mayRead } from './readable-attributes';
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
  /** What a pre token generation trigger is told. */
  isRefresh?: boolean | undefined;
}

/** What a test wants otherwise in tokens that the pool itself signs. */
export interface ClaimChanges {
  id?: Readonly<Record<string, unknown>>;
  access?: Readonly<Record<string, unknown>>;
}

/**
 * Signs a set of tokens for a grant, after the pool's pre token generation trigger has had its say.
 *
 * @param pool the pool
 * @param to for whom
 */
export async function issueTokens(pool: PoolState, to: Recipient): Promise<GrantResult> {
  const { grant, client, account } = to;
  const keys = await pool.keys.signing();
  const own = groupConfiguration(pool.settings.groups, account.groups);
  const triggered = await callTrigger(pool, to, own);
  if (triggered.kind === 'failed') {
    // The pattern of the other triggers (facts, section 3); the code is unconfirmed.
    const description = `PreTokenGeneration failed with error ${triggered.message}.`;
    return { kind: 'error', error: 'invalid_grant', description };
  }
  const { details } = triggered;
  const issue: Issue = {
    issuer: pool.settings.issuer,
    clientId: client.clientId,
    grant,
    account,
    iat: pool.now(),
    traceable: client.tokenRevocation || client.rotation !== undefined,
    groups: changeGroups(own, details?.groupOverrideDetails),
    scopes: changeScopes(grant.scopes, details?.accessTokenGeneration),
    isReadable: (attribute) => mayRead(client, attribute),
  };

  const forAccess = { seconds: client.accessTokenSeconds, jti: randomUUID() };
  const accessClaims = accessTokenClaims(issue, forAccess);
  const accessToken = await signToken(
    {
      ...changeClaims(accessClaims, details?.accessTokenGeneration, client.clientId),
      ...to.changes?.access,
    },
    keys.accessToken,
  );
  pool.accessTokens.set(tokenDigest(accessToken), {
    grantId: grant.id,
    scopes: issue.scopes,
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
    const idClaims = idTokenClaims(issue, { ...forIdToken, accessToken: hashed });
    answer.id_token = await signToken(
      { ...changeClaims(idClaims, details?.idTokenGeneration, client.clientId), ...to.changes?.id },
      keys.idToken,
    );
  }
  if (to.refreshTokenId !== undefined) {
    const content = { grantId: grant.id, tokenId: to.refreshTokenId };
    answer.refresh_token = sealRefreshToken(content, pool.refreshTokenSecret);
  }
  return { kind: 'issued', answer };
}

type Triggered =
  | { kind: 'done'; details: OverrideDetails | null }
  | { kind: 'failed'; message: string };

/** Asks the pool's trigger, at each refresh again; without one there is nothing to change. */
async function callTrigger(
  pool: PoolState,
  to: Recipient,
  groups: GroupConfiguration,
): Promise<Triggered> {
  const { preTokenGeneration, region, userPoolId } = pool.settings;
  if (!preTokenGeneration) return { kind: 'done', details: null };
  const event: PreTokenGenerationEvent = {
    version: '2',
    triggerSource: to.isRefresh ? 'TokenGeneration_RefreshTokens' : 'TokenGeneration_HostedAuth',
    region,
    userPoolId,
    userName: to.account.username,
    callerContext: { clientId: to.client.clientId },
    request: {
      userAttributes: Object.fromEntries([['sub', to.account.sub], ...to.account.attributes]),
      groupConfiguration: groups,
      scopes: to.grant.scopes,
    },
    response: { claimsAndScopeOverrideDetails: null },
  };
  try {
    const { response } = await preTokenGeneration(event);
    return { kind: 'done', details: response.claimsAndScopeOverrideDetails };
  } catch (error) {
    return { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * Signs claims. The header is `{kid, alg}` without `typ`, the slashes of the body are escaped
 * (facts, section 9).
 *
 * @param claims the body
 * @param key the key for this kind of token
 */
export async function signToken(
  claims: Readonly<Record<string, unknown>>,
  key: SigningKey,
): Promise<string> {
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
