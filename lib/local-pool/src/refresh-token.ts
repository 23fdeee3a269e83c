import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

/** Which refresh token this is: its family, and which member of it. */
export interface RefreshTokenContent {
  grantId: string;
  tokenId: string;
}

/** 954 bytes seal to the 1,718 characters of a recorded token (facts, section 9). */
const PLAINTEXT_BYTES = 954;
/** What RSA-OAEP makes of a key with a modulus of 2,048 bits. */
const WRAPPED_KEY_BYTES = 256;
const NONCE_BYTES = 12;

/** The members stand in Cognito's order. */
const HEADER = encode(JSON.stringify({ cty: 'JWT', enc: 'A256GCM', alg: 'RSA-OAEP' }));

/**
 * A refresh token of Cognito's shape and real size, so that a site which can't store one learns of
 * it here: a JWE in five parts.
 *
 * Its second part looks like a key wrapped by RSA-OAEP and is random; the content's key is derived
 * from it. Only the pool opens its tokens, so from outside there is no difference, and a start saves
 * an RSA pair.
 *
 * @param content what the pool will need when the token comes back
 * @param secret the pool's, 32 random bytes
 */
export function sealRefreshToken(content: RefreshTokenContent, secret: Buffer): string {
  const wrappedKey = randomBytes(WRAPPED_KEY_BYTES);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', contentKey(secret, wrappedKey), nonce);
  cipher.setAAD(Buffer.from(HEADER));
  const body = JSON.stringify(content).padEnd(PLAINTEXT_BYTES);
  const ciphertext = Buffer.concat([cipher.update(body, 'utf8'), cipher.final()]);
  const parts = [wrappedKey, nonce, ciphertext, cipher.getAuthTag()];
  return [HEADER, ...parts.map((part) => encode(part))].join('.');
}

/**
 * Opens a refresh token of this pool.
 *
 * @param token what a client sent
 * @param secret the pool's
 * @returns its content; null for anything that this pool did not seal
 */
export function openRefreshToken(token: string, secret: Buffer): RefreshTokenContent | null {
  const [header, ...parts] = token.split('.');
  const [wrappedKey, nonce, ciphertext, tag] = parts.map((part) => decode(part));
  if (header !== HEADER || parts.length !== 4) return null;
  if (!wrappedKey || nonce?.length !== NONCE_BYTES || !ciphertext || tag?.length !== 16)
    return null;
  try {
    const cipher = createDecipheriv('aes-256-gcm', contentKey(secret, wrappedKey), nonce);
    cipher.setAAD(Buffer.from(HEADER));
    cipher.setAuthTag(tag);
    const body = Buffer.concat([cipher.update(ciphertext), cipher.final()]);
    const content: unknown = JSON.parse(body.toString('utf8'));
    return isContent(content) ? content : null;
  } catch {
    return null;
  }
}

function contentKey(secret: Buffer, wrappedKey: Buffer): Buffer {
  return createHmac('sha256', secret).update(wrappedKey).digest();
}

function encode(bytes: Buffer | string): string {
  return Buffer.from(bytes).toString('base64url');
}

/** Null for what is not written as we write it: padding, another alphabet, spare bits. */
function decode(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64url');
  return encode(bytes) === text ? bytes : null;
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
