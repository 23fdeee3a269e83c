import type { JWTPayload } from 'jose';
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

/** The person behind a verified session, in the words of the site. */
export interface User {
  /** Never changes, and only looks like a UUID. The one value to key your own data by. */
  readonly sub: string;
  readonly username: string;
  readonly email: string | undefined;
  readonly emailVerified: boolean;
  readonly name: string | undefined;
  /** Empty for a member of no group; the order says nothing. */
  readonly groups: readonly string[];
  /** Everything the ID token says. */
  readonly claims: IdTokenClaims;
}

/**
 * Reads a verified ID token's claims as a user.
 *
 * @param claims from `verifyIdToken`
 * @returns the user; a claim of the wrong type counts as absent
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

/** `cognito:groups` is absent, not empty, for a member of none. */
function groupsOf(claims: IdTokenClaims): readonly string[] {
  const groups = claims['cognito:groups'];
  if (!Array.isArray(groups)) return [];
  return groups.filter((group): group is string => typeof group === 'string');
}

/**
 * Narrows a payload to an ID token of this app client.
 *
 * @param payload whose signature, `iss` and `exp` are verified
 * @param clientId the app client
 * @throws CognitoError `token_invalid`, its detail the name of the claim
 */
export function asIdTokenClaims(payload: JWTPayload, clientId: string): IdTokenClaims {
  const { iss, sub, aud, exp, iat } = common(payload);
  if (payload.token_use !== 'id') throw wrong('token_use');
  // Cognito's `aud` is one string; a list that merely contains us is not a token of ours.
  if (aud !== clientId) throw wrong('aud');
  return { ...payload, iss, sub, aud, exp, iat, token_use: 'id' };
}

/**
 * Narrows a payload to an access token of this app client. Cognito's has no `aud`.
 *
 * @param payload whose signature, `iss` and `exp` are verified
 * @param clientId the app client
 * @throws CognitoError `token_invalid`, its detail the name of the claim
 */
export function asAccessTokenClaims(payload: JWTPayload, clientId: string): AccessTokenClaims {
  const { iss, sub, exp, iat } = common(payload);
  if (payload.token_use !== 'access') throw wrong('token_use');
  const client: unknown = payload.client_id;
  if (client !== clientId) throw wrong('client_id');
  return { ...payload, iss, sub, client_id: clientId, exp, iat, token_use: 'access' };
}

function common(payload: JWTPayload) {
  const { iss, sub, aud, exp, iat } = payload;
  if (typeof iss !== 'string') throw wrong('iss');
  if (typeof sub !== 'string' || sub === '') throw wrong('sub');
  if (!isTime(exp)) throw wrong('exp');
  if (!isTime(iat)) throw wrong('iat');
  return { iss, sub, aud, exp, iat };
}

/** Seconds since 1970, in this era: what a calendar cannot hold is no time. */
function isTime(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value < 1e11;
}

function wrong(claim: string): CognitoError {
  return new CognitoError('token_invalid', claim);
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
