import { decodeJwt, errors, type JWTPayload, jwtVerify } from 'jose';
import type { AppClient } from './app-client';
import {
  type AccessTokenClaims,
  asAccessTokenClaims,
  asIdTokenClaims,
  type IdTokenClaims,
  type VerifiedTokens,
} from './claims';
import { CognitoError } from './errors';
import { UNKNOWN_KEY } from './keys';
import { accessTokenHash } from './pkce';
import type { TokenSet } from './tokens';

/** How far our clock and the user pool's may differ, in seconds. */
export const CLOCK_DIFFERENCE = 300;
/** How long a token may be on its way to us, in seconds. */
export const SLOW_ANSWER = 10;

/** The two signed tokens of one answer. */
type SignedTokens = Pick<TokenSet, 'idToken' | 'accessToken'>;

/**
 * Verifies both tokens of one answer, and that they belong together. Signatures do not age: of an
 * object that was verified before, only the times are looked at, as long as its tokens, the app client
 * and the user pool's keys are the same.
 *
 * @param client the app client
 * @param tokens as received
 * @param at the time to judge by, in seconds since 1970
 * @returns the claims of both
 * @throws CognitoError `token_invalid` (its detail says which claim) or `keys_unavailable`
 */
export async function verifyTokens(
  client: AppClient,
  tokens: SignedTokens,
  at: number,
): Promise<VerifiedTokens> {
  const { idToken, accessToken } = tokens;
  const before = client.keys.current();
  const known = client.verdicts.get(tokens);
  // The object may have been changed since, and another app client may share the memory.
  const same = known?.idToken === idToken && known.accessToken === accessToken;
  if (known && same && known.keys === before && isFor(client, known.claims.id)) {
    checkTimes(known.claims.id, at);
    checkTimes(known.claims.access, at);
    return known.claims;
  }
  const claims = await verifyBoth(client, { idToken, accessToken }, at);
  // Keys that were replaced meanwhile are not the ones that this was verified with.
  const keys = client.keys.current();
  if (keys && (before ?? keys) === keys) {
    client.verdicts.set(tokens, { idToken, accessToken, claims, keys });
  }
  return claims;
}

function isFor({ config }: AppClient, { iss, aud }: IdTokenClaims): boolean {
  return iss === config.issuer && aud === config.clientId;
}

async function verifyBoth(
  client: AppClient,
  tokens: SignedTokens,
  at: number,
): Promise<VerifiedTokens> {
  const [id, access] = await Promise.all([
    verifyIdToken(client, tokens.idToken, at),
    verifyAccessToken(client, tokens.accessToken, at),
  ]);
  if (id.sub !== access.sub) throw new CognitoError('token_invalid', 'sub');
  // Optional in the code flow (OpenID Connect Core, section 3.1.3.6); Cognito's token endpoint always sends it.
  if (id.at_hash !== undefined && id.at_hash !== (await accessTokenHash(tokens.accessToken))) {
    throw new CognitoError('token_invalid', 'at_hash');
  }
  // Every request of the session gets these same objects.
  return Object.freeze({ id: freeze(id), access: freeze(access) });
}

/**
 * Verifies tokens that have just come from the token endpoint. They are judged by their own time of issue,
 * so this server's clock may be some minutes off, and how far it is off becomes known.
 *
 * @param client the app client
 * @param tokens as received
 * @returns the claims of both
 * @throws CognitoError as `verifyTokens`, and `clock_wrong` beyond five minutes
 */
export async function verifyNewTokens(
  client: AppClient,
  tokens: SignedTokens,
): Promise<VerifiedTokens> {
  const claims = await verifyByOwnTime(client, tokens);
  const ahead = client.now() - claims.access.iat;
  if (Math.abs(ahead) > CLOCK_DIFFERENCE + SLOW_ANSWER) {
    const sign = ahead > 0 ? 'ahead' : 'behind';
    throw new CognitoError('clock_wrong', `ours is ${Math.abs(Math.round(ahead))} s ${sign}`);
  }
  return claims;
}

async function verifyByOwnTime(client: AppClient, tokens: SignedTokens): Promise<VerifiedTokens> {
  const at = issueTime(tokens.accessToken);
  try {
    return await verifyTokens(client, tokens, at);
  } catch (error) {
    if (!isUnknownKey(error)) throw error;
    // These come from the user pool itself: a `kid` that a stranger made up must not delay them.
    await client.keys.refetch();
    return verifyTokens(client, tokens, at);
  }
}

/**
 * Tells whether a token could not be verified because its key is not among the user pool's keys.
 *
 * @param error anything that was thrown
 */
export function isUnknownKey(error: unknown): boolean {
  return error instanceof CognitoError && error.detail === UNKNOWN_KEY;
}

/** Not verified yet: it only says by which time the token is to be verified. */
function issueTime(token: string): number {
  try {
    const { iat } = decodeJwt(token);
    return typeof iat === 'number' ? iat : 0;
  } catch {
    return 0;
  }
}

/**
 * Verifies an ID token: signature, `iss`, `exp`, `iat`, `token_use`, `aud`. The nonce is the
 * business of the sign-in that sent it.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html
 *
 * @param client the app client
 * @param token a compact JWS
 * @param at the time to judge by, in seconds since 1970
 * @throws CognitoError `token_invalid` or `keys_unavailable`
 */
export async function verifyIdToken(
  client: AppClient,
  token: string,
  at: number,
): Promise<IdTokenClaims> {
  return asIdTokenClaims(await verifySignature(client, token, at), client.config.clientId);
}

/**
 * Verifies an access token: signature, `iss`, `exp`, `iat`, `token_use`, `client_id`.
 *
 * @param client the app client
 * @param token a compact JWS
 * @param at the time to judge by, in seconds since 1970
 * @throws CognitoError `token_invalid` or `keys_unavailable`
 */
export async function verifyAccessToken(
  client: AppClient,
  token: string,
  at: number,
): Promise<AccessTokenClaims> {
  return asAccessTokenClaims(await verifySignature(client, token, at), client.config.clientId);
}

/** Decoders forgive padding, white space and the other alphabet; RFC 7515, section 2 does not. */
const COMPACT_JWS = /^[\w-]+\.[\w-]+\.[\w-]+$/;

async function verifySignature(client: AppClient, token: string, at: number): Promise<JWTPayload> {
  if (!COMPACT_JWS.test(token)) throw new CognitoError('token_invalid', 'format');
  try {
    const { payload } = await jwtVerify(token, client.keys.find, {
      // One algorithm, ours: the header never chooses (RFC 8725, section 3.1).
      algorithms: ['RS256'],
      issuer: client.config.issuer,
      requiredClaims: ['exp', 'iat', 'sub', 'token_use'],
      currentDate: new Date(at * 1000),
    });
    checkTimes(payload, at);
    return payload;
  } catch (cause) {
    if (cause instanceof CognitoError) throw cause;
    throw new CognitoError('token_invalid', failedCheck(cause), { cause });
  }
}

function checkTimes({ exp = 0, nbf = 0, iat = 0 }: JWTPayload, at: number): void {
  const second = Math.floor(at);
  if (exp <= second) throw new CognitoError('token_invalid', 'exp');
  if (nbf > second) throw new CognitoError('token_invalid', 'nbf');
  // A token from the future: a forger's, or a clock that is wrong beyond repair.
  if (iat > at + CLOCK_DIFFERENCE) throw new CognitoError('token_invalid', 'iat');
}

/** Freezes what JSON can hold, at every depth. */
function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const member of Object.values(value)) freeze(member);
  return Object.freeze(value);
}

/** Names what failed, for the log. */
function failedCheck(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'exp';
  if (error instanceof errors.JWTClaimValidationFailed) return error.claim;
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'signature';
  if (error instanceof errors.JOSEAlgNotAllowed) return 'alg';
  return 'format';
}
