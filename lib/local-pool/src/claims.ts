import { createHash } from 'node:crypto';
import type { Claims } from './claim-types';
import type { GroupConfiguration } from './group-claims';
import type { Grant } from './state';
import type { Account } from './users';

/** What both tokens of one issue have in common. Times are epoch seconds. */
export interface Issue {
  issuer: string;
  clientId: string;
  grant: Grant;
  account: Account;
  iat: number;
  /** What the tokens say of groups and roles. */
  groups: GroupConfiguration;
  /** The access token's scopes; the attributes go by the grant's. */
  scopes: readonly string[];
  /** Whether the client may read an attribute. */
  isReadable: (attribute: string) => boolean;
  /** With revocation or rotation on, tokens carry `jti` and `origin_jti` (facts, section 9). */
  traceable: boolean;
}

/**
 * The access token's claims: no `aud` unless a resource was asked for, no e-mail, `scope` as one
 * string (facts, section 9).
 *
 * @param issue who, for whom, when
 * @param token the token's own life in seconds and its id
 */
export function accessTokenClaims(issue: Issue, token: { seconds: number; jti: string }): Claims {
  const { account, grant, groups } = issue;
  return {
    sub: account.sub,
    ...groupsClaim(groups),
    iss: issue.issuer,
    version: 2,
    client_id: issue.clientId,
    ...(grant.resource === undefined ? {} : { aud: grant.resource }),
    ...(issue.traceable ? { origin_jti: grant.id } : {}),
    token_use: 'access',
    scope: scopeClaim(issue.scopes),
    auth_time: grant.authTime,
    exp: issue.iat + token.seconds,
    iat: issue.iat,
    ...(issue.traceable ? { jti: token.jti } : {}),
    username: account.username,
  };
}

/**
 * The ID token's claims, `at_hash` first: `aud` is a string, the two `_verified` claims booleans,
 * custom attributes strings, groups absent when there are none (facts, section 9).
 *
 * @param issue who, for whom, when
 * @param token its life in seconds, its id, the access token that `at_hash` is of, the nonce if any
 */
export function idTokenClaims(
  issue: Issue,
  token: {
    seconds: number;
    jti: string;
    accessToken: string | undefined;
    nonce?: string | undefined;
  },
): Claims {
  const { account, grant, groups } = issue;
  const released = releasedAttributes(account, grant.scopes, issue.isReadable);
  const { email, email_verified, phone_number, phone_number_verified, ...others } = released;
  return {
    ...(token.accessToken === undefined ? {} : { at_hash: accessTokenHash(token.accessToken) }),
    sub: account.sub,
    ...groupsClaim(groups),
    ...asBoolean('email_verified', email_verified),
    ...(groups.preferredRole === null ? {} : { 'cognito:preferred_role': groups.preferredRole }),
    iss: issue.issuer,
    ...asBoolean('phone_number_verified', phone_number_verified),
    'cognito:username': account.username,
    ...(token.nonce === undefined ? {} : { nonce: token.nonce }),
    ...(issue.traceable ? { origin_jti: grant.id } : {}),
    ...(groups.iamRolesToOverride.length === 0
      ? {}
      : { 'cognito:roles': groups.iamRolesToOverride }),
    aud: issue.clientId,
    ...(account.identities.length === 0 ? {} : { identities: account.identities }),
    token_use: 'id',
    auth_time: grant.authTime,
    ...others,
    ...(phone_number === undefined ? {} : { phone_number }),
    exp: issue.iat + token.seconds,
    iat: issue.iat,
    ...(issue.traceable ? { jti: token.jti } : {}),
    ...(email === undefined ? {} : { email }),
  };
}

/**
 * The attributes that a token's scopes open, all of them strings.
 *
 * `openid` without `email`, `phone` and `profile` opens everything, and asking for one of those
 * narrows it ("Scopes, M2M, and resource servers" in the developer guide); so does
 * `aws.cognito.signin.user.admin`, except that nothing narrows that.
 *
 * @param account whose attributes
 * @param scopes the granted scopes
 * @param isReadable whether the client may read an attribute
 */
export function releasedAttributes(
  account: Account,
  scopes: readonly string[],
  isReadable: (attribute: string) => boolean,
): Record<string, string> {
  const narrowed = ['email', 'phone', 'profile'].some((scope) => scopes.includes(scope));
  const everything = !narrowed || scopes.includes('aws.cognito.signin.user.admin');
  const released = [...account.attributes].filter(
    ([name]) => isReadable(name) && (everything || scopes.includes(scopeOf(name))),
  );
  return Object.fromEntries(released);
}

function scopeOf(attribute: string): 'email' | 'phone' | 'profile' {
  if (attribute === 'email' || attribute === 'email_verified') return 'email';
  if (attribute === 'phone_number' || attribute === 'phone_number_verified') return 'phone';
  return 'profile';
}

function groupsClaim({ groupsToOverride }: GroupConfiguration): Claims {
  return groupsToOverride.length === 0 ? {} : { 'cognito:groups': groupsToOverride };
}

function asBoolean(name: string, value: string | undefined): Claims {
  return value === undefined ? {} : { [name]: value === 'true' };
}

/** Not the request's order; this one was seen in real tokens (facts, section 9). */
const SCOPE_ORDER = ['aws.cognito.signin.user.admin', 'phone', 'openid', 'profile', 'email'];

function scopeClaim(scopes: readonly string[]): string {
  const known = SCOPE_ORDER.filter((scope) => scopes.includes(scope));
  const custom = scopes.filter((scope) => !SCOPE_ORDER.includes(scope));
  return [...known, ...custom].join(' ');
}

/** OpenID Connect Core 3.1.3.6: the left half of the token's SHA-256. */
function accessTokenHash(accessToken: string): string {
  return createHash('sha256').update(accessToken).digest().subarray(0, 16).toString('base64url');
}
