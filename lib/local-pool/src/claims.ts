import { createHash } from 'node:crypto';
import type { Claims } from './claim-types';
import type { GroupConfiguration } from './group-claims';
import type { Grant } from './state';
import type { Account } from './users';

/** What the ID and the access token issued together have in common. Times are epoch seconds. */
export interface Issue {
  issuer: string;
  clientId: string;
  grant: Grant;
  account: Account;
  iat: number;
  /** The groups and roles in the tokens. */
  groups: GroupConfiguration;
  /** The access token's scopes. The attributes depend on the grant's scopes. */
  scopes: readonly string[];
  /** Whether the client may read an attribute. */
  isReadable: (attribute: string) => boolean;
  /** With revocation or rotation on, tokens carry `jti` and `origin_jti` (facts, section 9). */
  traceable: boolean;
}

/**
 * The access token's claims: no `aud` unless a resource was requested, no email, `scope` as one
 * string (facts, section 9).
 *
 * @param issue the user, the client and the time
 * @param token the token's lifetime in seconds, and its id
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
 * The ID token's claims. `at_hash` comes first, `aud` is a string, the two `_verified` claims are
 * booleans, custom attributes are strings, and a user without groups has no groups claim (facts,
 * section 9).
 *
 * @param issue the user, the client and the time
 * @param token its lifetime in seconds, its id, the access token for `at_hash`, and the nonce if
 *   any
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
 * The attributes that the scopes allow, all of them strings.
 *
 * `openid` alone allows all attributes; `email`, `phone` and `profile` limit them ("Scopes, M2M,
 * and resource servers" in the developer guide). `aws.cognito.signin.user.admin` always allows all.
 *
 * @param account the user
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

/** The order in real tokens, which isn't that of the request (facts, section 9). */
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
