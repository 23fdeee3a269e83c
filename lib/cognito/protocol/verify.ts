import { compactVerify, decodeJwt, type JWTHeaderParameters } from 'jose';
import { JOSEAlgNotAllowed, JWSSignatureVerificationFailed } from 'jose/errors';
import type { AppClient } from './app-client';
import {
  type AccessTokenClaims,
  assertAccessToken,
  assertIdToken,
  CLOCK_DIFFERENCE,
  type IdTokenClaims,
  type SignedClaims,
  type VerifiedTokens,
} from './claims';
import { CognitoError } from './errors';
import { type KeySet, UNKNOWN_KEY } from './keys';
import { accessTokenHash } from './pkce';
import type { TokenSet } from './tokens';

/** How long a response with tokens may take to arrive, in seconds. */
export const SLOW_ANSWER = 10;

/** The two signed tokens of one response. */
type SignedTokens = Pick<TokenSet, 'idToken' | 'accessToken'>;

/**
 * Verifies the ID token and the access token of one response, and that they belong together. If the
 * same object was verified before, only the claims are checked again, as long as its tokens and the
 * user pool's keys haven't changed.
 *
 * @param client the app client
 * @param tokens as received
 * @param at the time to verify for, in seconds since 1970
 * @returns the claims of both
 * @throws CognitoError `token_invalid` (with the name of the claim as its detail) or
 *   `keys_unavailable`
 */
export async function verifyTokens(
  client: AppClient,
  tokens: SignedTokens,
  at: number,
): Promise<VerifiedTokens> {
  const { idToken, accessToken } = tokens;
  const before = client.keys.current();
  const known = client.verdicts.get(tokens);
  // The object may have changed since.
  const same = known?.idToken === idToken && known.accessToken === accessToken;
  if (known && same && known.keys === before) {
    // Later, and maybe for another app client, which shares the memory.
    assertIdToken(known.claims.id, client.config, at);
    assertAccessToken(known.claims.access, client.config, at);
    return known.claims;
  }
  const claims = await verifyBoth(client, { idToken, accessToken }, at);
  // If the keys were replaced meanwhile, it isn't known which ones verified the tokens.
  const keys = client.keys.current();
  if (keys && (before ?? keys) === keys) {
    client.verdicts.set(tokens, { idToken, accessToken, claims, keys });
  }
  return claims;
}

async function verifyBoth(
  client: AppClient,
  tokens: SignedTokens,
  at: number,
): Promise<VerifiedTokens> {
  // Their key IDs can't be invented: they come from the user pool, or from a sealed session.
  const find: KeySet['find'] = (header) => client.keys.find(header, true);
  const own = { ...client, keys: { ...client.keys, find } };
  // All at once: the hash doesn't wait for the signatures.
  const [id, access, hash] = await Promise.all([
    verifyIdToken(own, tokens.idToken, at),
    verifyAccessToken(own, tokens.accessToken, at),
    accessTokenHash(tokens.accessToken),
  ]);
  if (id.sub !== access.sub) throw new CognitoError('token_invalid', 'sub');
  // Optional in the code flow (OpenID Connect Core, section 3.1.3.6); Cognito's token endpoint
  // always sends it.
  if (id.at_hash !== undefined && id.at_hash !== hash) {
    throw new CognitoError('token_invalid', 'at_hash');
  }
  // All requests of the session share these objects, so none may change them.
  return Object.freeze({ id: freeze(id), access: freeze(access) });
}

/**
 * Verifies tokens that have just come from the token endpoint. They are verified for the time when
 * they were issued, so that it doesn't matter if this server's clock is a few minutes wrong. A
 * difference of more than five minutes is reported as an error of its own.
 *
 * @param client the app client
 * @param tokens as received
 * @returns the claims of both
 * @throws CognitoError as `verifyTokens`, and `clock_wrong` if the clocks differ by more than five
 *   minutes
 */
export async function verifyNewTokens(
  client: AppClient,
  tokens: SignedTokens,
): Promise<VerifiedTokens> {
  // Verifying them may wait for new keys, which says nothing about the clocks.
  const receivedAt = client.now();
  const claims = await verifyByOwnTime(client, tokens);
  const ahead = receivedAt - claims.access.iat;
  if (Math.abs(ahead) > CLOCK_DIFFERENCE + SLOW_ANSWER) {
    const sign = ahead > 0 ? 'ahead' : 'behind';
    throw new CognitoError('clock_wrong', `server is ${Math.abs(Math.round(ahead))} s ${sign}`);
  }
  return claims;
}

async function verifyByOwnTime(client: AppClient, tokens: SignedTokens): Promise<VerifiedTokens> {
  const at = issueTime(tokens.accessToken);
  try {
    return await verifyTokens(client, tokens, at);
  } catch (error) {
    if (!isUnknownKey(error)) throw error;
    // These tokens come from the user pool itself. The cool-down, which a session with a withdrawn
    // key may have started just before the keys changed, must not delay them.
    await client.keys.refetch();
    return verifyTokens(client, tokens, at);
  }
}

/**
 * Tells whether a token couldn't be verified because its key isn't among the user pool's known
 * keys.
 *
 * @param error anything that was thrown
 */
export function isUnknownKey(error: unknown): boolean {
  return error instanceof CognitoError && error.detail === UNKNOWN_KEY;
}

/** Returns an unverified token's `iat`, or 0. It only sets the time to verify the token for. */
function issueTime(token: string): number {
  try {
    const { iat } = decodeJwt(token);
    return typeof iat === 'number' ? iat : 0;
  } catch {
    return 0;
  }
}

/**
 * Verifies an ID token: signature, `iss`, `sub`, `exp`, `nbf`, `iat`, `token_use`, `aud`. The caller
 * checks the nonce.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html
 *
 * @param client the app client
 * @param token a compact JWS
 * @param at the time to verify for, in seconds since 1970
 * @returns the claims
 * @throws CognitoError `token_invalid` or `keys_unavailable`
 */
export async function verifyIdToken(
  client: AppClient,
  token: string,
  at: number,
): Promise<IdTokenClaims> {
  const claims = await verifySignature(client, token);
  assertIdToken(claims, client.config, at);
  return claims;
}

/**
 * Verifies an access token: signature, `iss`, `sub`, `exp`, `nbf`, `iat`, `token_use`, `client_id`.
 *
 * @param client the app client
 * @param token a compact JWS
 * @param at the time to verify for, in seconds since 1970
 * @returns the claims
 * @throws CognitoError `token_invalid` or `keys_unavailable`
 */
export async function verifyAccessToken(
  client: AppClient,
  token: string,
  at: number,
): Promise<AccessTokenClaims> {
  const claims = await verifySignature(client, token);
  assertAccessToken(claims, client.config, at);
  return claims;
}

/** Decoders also accept padding, white space and base64 characters; RFC 7515, section 2 doesn't. */
const COMPACT_JWS = /^[\w-]+\.[\w-]+\.[\w-]+$/;
const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** Verifies a token's signature. Nothing in its claims is checked yet. */
async function verifySignature(client: AppClient, token: string): Promise<SignedClaims> {
  if (!COMPACT_JWS.test(token)) throw new CognitoError('token_invalid', 'format');
  try {
    const find = (header: JWTHeaderParameters) => client.keys.find(header);
    // The only algorithm that Cognito uses. Never trust the header's `alg` (RFC 8725, section 3.1).
    const { payload } = await compactVerify(token, find, { algorithms: ['RS256'] });
    const claims: unknown = JSON.parse(UTF8.decode(payload));
    // An unencoded payload (RFC 7797) isn't an object either: COMPACT_JWS allows no `{`.
    if (isObject(claims)) return claims;
    throw new CognitoError('token_invalid', 'format');
  } catch (cause) {
    if (cause instanceof CognitoError) throw cause;
    throw new CognitoError('token_invalid', failedCheck(cause), { cause });
  }
}

function isObject(value: unknown): value is SignedClaims {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Freezes a JSON value and everything in it. */
function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const member of Object.values(value)) freeze(member);
  return Object.freeze(value);
}

/** Names the check that failed, for the log. */
function failedCheck(error: unknown): string {
  if (error instanceof JWSSignatureVerificationFailed) return 'signature';
  if (error instanceof JOSEAlgNotAllowed) return 'alg';
  return 'format';
}
