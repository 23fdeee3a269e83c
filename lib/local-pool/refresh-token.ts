import { CompactEncrypt, compactDecrypt } from 'jose';
import type { PoolKeys } from './keys';

/** Which refresh token this is: its family, and which member of it. */
export interface RefreshTokenContent {
  grantId: string;
  tokenId: string;
}

/** 954 bytes seal to the 1,718 characters of a recorded token (facts, section 9). */
const PLAINTEXT_BYTES = 954;

/**
 * A refresh token of Cognito's shape and real size, so that a site which can't store one learns of
 * it here: a JWE whose header members stand in Cognito's order.
 *
 * @param content what the pool will need when the token comes back
 * @param keys the pool's keys
 */
export async function sealRefreshToken(
  content: RefreshTokenContent,
  keys: PoolKeys,
): Promise<string> {
  const body = JSON.stringify(content).padEnd(PLAINTEXT_BYTES);
  return await new CompactEncrypt(new TextEncoder().encode(body))
    .setProtectedHeader({ cty: 'JWT', enc: 'A256GCM', alg: 'RSA-OAEP' })
    .encrypt(keys.refreshToken.publicKey);
}

/**
 * Opens a refresh token of this pool.
 *
 * @param token what a client sent
 * @param keys the pool's keys
 * @returns its content; null for anything that this pool did not seal
 */
export async function openRefreshToken(
  token: string,
  keys: PoolKeys,
): Promise<RefreshTokenContent | null> {
  try {
    const { plaintext } = await compactDecrypt(token, keys.refreshToken.privateKey);
    const content: unknown = JSON.parse(new TextDecoder().decode(plaintext));
    return isContent(content) ? content : null;
  } catch {
    return null;
  }
}

function isContent(value: unknown): value is RefreshTokenContent {
  return (
    typeof value === 'object' &&
    value !== null &&
    'grantId' in value &&
    typeof value.grantId === 'string' &&
    'tokenId' in value &&
    typeof value.tokenId === 'string'
  );
}
