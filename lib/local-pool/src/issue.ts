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

/** The token endpoint's response. */
export interface TokenAnswer {
  /** Only with the scope `openid`. */
  id_token?: string;
  access_token: string;
  /** Absent after a refresh, unless rotation is on. */
  refresh_token?: string;
  /** The access token's lifetime in seconds; the ID token's may differ. */
  expires_in: number;
  token_type: 'Bearer';
}

/** The result of a grant: tokens, or the OAuth error for the client. */
export type GrantResult =
  | { kind: 'issued'; answer: TokenAnswer }
  | {
      kind: 'error';
      error: string;
      description?: string;
      /** Rotation has replaced this refresh token. The API has a separate exception for that. */
      reused?: true;
    };

/** Who the tokens are for. */
export interface Recipient {
  grant: Grant;
  client: AppClient;
  account: Account;
  /** The nonce of the authorization request; a refreshed ID token has none. */
  nonce?: string | undefined;
  /** The id of the refresh token to issue; undefined if the client keeps the one it has. */
  refreshTokenId?: string | undefined;
  /** For tests: override the usual claims of the two tokens; undefined removes a claim. */
  changes?: ClaimChanges | undefined;
  /** ID tokens from the API have no `at_hash` (facts, section 9). Default: the token endpoint. */
  over?: 'token endpoint' | 'api';
  /** Passed to the pre token generation trigger. */
  isRefresh?: boolean | undefined;
}

/** Claims that a test overrides in tokens signed by the pool. */
export interface ClaimChanges {
  id?: Readonly<Record<string, unknown>>;
  access?: Readonly<Record<string, unknown>>;
}

/**
 * Issues the tokens of a grant, after calling the pool's pre token generation trigger.
 *
 * @param pool the pool
 * @param to the user, the client and the scopes of the tokens
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

/** Calls the pool's trigger, if there is one, at the sign-in and at each refresh. */
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
 * Signs claims. The header is `{kid, alg}` without `typ`, and slashes in the payload are escaped
 * (facts, section 9).
 *
 * @param claims the payload
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
 * The key under which the pool stores an access token. Cognito verifies signatures instead, but
 * clients see no difference, and this way a key rotation doesn't have to keep the old keys.
 *
 * @param token an access token
 */
export function tokenDigest(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
