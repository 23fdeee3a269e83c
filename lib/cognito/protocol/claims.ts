import type { CognitoConfig } from './cognito-config';
import { CognitoError } from './errors';

/**
 * The claims of a verified ID token. Cognito may add claims at any time, so unknown ones stay.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-id-token.html
 */
export interface IdTokenClaims {
  readonly iss: string;
  readonly sub: string;
  readonly aud: string;
  readonly exp: number;
  readonly iat: number;
  readonly token_use: 'id';
  readonly [claim: string]: unknown;
}

/**
 * The claims of a verified access token.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html
 */
export interface AccessTokenClaims {
  readonly iss: string;
  readonly sub: string;
  readonly client_id: string;
  readonly exp: number;
  readonly iat: number;
  readonly token_use: 'access';
  readonly [claim: string]: unknown;
}

/** The verified claims of a session's two signed tokens. */
export interface VerifiedTokens {
  readonly id: IdTokenClaims;
  readonly access: AccessTokenClaims;
}

/** The user of a verified session. */
export interface User {
  /**
   * Never changes. Use it as the key for your own data. It looks like a UUID, but may not be one.
   */
  readonly sub: string;
  readonly username: string;
  readonly email: string | undefined;
  readonly emailVerified: boolean;
  readonly name: string | undefined;
  /** The names of the user's groups, in no particular order; empty if there are none. */
  readonly groups: readonly string[];
  /** All claims of the ID token. */
  readonly claims: IdTokenClaims;
}

/**
 * Converts a verified ID token's claims into a user.
 *
 * @param claims from `verifyIdToken`
 * @returns the user; claims of the wrong type are ignored
 */
export function toUser(claims: IdTokenClaims): User {
  const email = asText(claims.email);
  return {
    sub: claims.sub,
    username: asText(claims['cognito:username']) ?? claims.sub,
    email,
    emailVerified: email !== undefined && claims.email_verified === true,
    name: asText(claims.name),
    groups: groupsOf(claims),
    claims,
  };
}

/**
 * The user's groups. Cognito leaves out `cognito:groups` if the user is in no group.
 *
 * @param claims of a verified token
 */
export function groupsOf(claims: IdTokenClaims | AccessTokenClaims): readonly string[] {
  const groups = claims['cognito:groups'];
  if (!Array.isArray(groups)) return [];
  return groups.filter((group): group is string => typeof group === 'string');
}

/**
 * How long ago the user signed in on the hosted UI. A refresh doesn't change `auth_time`.
 *
 * @param claims of a verified token
 * @param now in seconds since 1970
 * @returns seconds; `Infinity` if the token doesn't say
 */
export function signInAge(claims: IdTokenClaims | AccessTokenClaims, now: number): number {
  const { auth_time: at } = claims;
  return typeof at === 'number' ? now - at : Number.POSITIVE_INFINITY;
}

/** How far this server's clock and the user pool's may differ, in seconds. */
export const CLOCK_DIFFERENCE = 300;

/** The claims of a token whose signature is verified, and nothing else. */
export type SignedClaims = Readonly<Record<string, unknown>>;

/** The app client that a token must be for. */
type Expected = Pick<CognitoConfig, 'issuer' | 'clientId'>;

/**
 * Checks the claims that make a token an ID token that is for this app client and valid now.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html
 *
 * @param claims of a token with a verified signature
 * @param expected the issuer and the app client
 * @param at the time to check for, in seconds since 1970
 * @throws CognitoError `token_invalid`, with the name of the claim as its detail
 */
export function assertIdToken(
  claims: SignedClaims,
  expected: Expected,
  at: number,
): asserts claims is IdTokenClaims {
  assertCommon(claims, expected.issuer, at);
  if (claims.token_use !== 'id') throw wrong('token_use');
  // Cognito's `aud` is one string. A list is refused, even if it contains this app client.
  if (claims.aud !== expected.clientId) throw wrong('aud');
}

/**
 * Checks the claims that make a token an access token that is for this app client and valid now.
 * Cognito's access tokens have `client_id` instead of `aud`.
 *
 * @param claims of a token with a verified signature
 * @param expected the issuer and the app client
 * @param at the time to check for, in seconds since 1970
 * @throws CognitoError `token_invalid`, with the name of the claim as its detail
 */
export function assertAccessToken(
  claims: SignedClaims,
  expected: Expected,
  at: number,
): asserts claims is AccessTokenClaims {
  assertCommon(claims, expected.issuer, at);
  if (claims.token_use !== 'access') throw wrong('token_use');
  if (claims.client_id !== expected.clientId) throw wrong('client_id');
}

/** RFC 7519, section 4.1: a token has expired in the second of its `exp`, and is valid in that of its `nbf`. */
function assertCommon({ iss, sub, exp, nbf = 0, iat }: SignedClaims, issuer: string, at: number) {
  const second = Math.floor(at);
  if (iss !== issuer) throw wrong('iss');
  if (typeof sub !== 'string' || sub === '') throw wrong('sub');
  if (!isTime(exp) || exp <= second) throw wrong('exp');
  if (!isTime(nbf) || nbf > second) throw wrong('nbf');
  // A token that was issued in the future is forged, or a clock is wrong.
  if (!isTime(iat) || iat > at + CLOCK_DIFFERENCE) throw wrong('iat');
}

/** Whether a value is a plausible time in seconds since 1970: before the year 5138. */
function isTime(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value < 1e11;
}

function wrong(claim: string): CognitoError {
  return new CognitoError('token_invalid', claim);
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
