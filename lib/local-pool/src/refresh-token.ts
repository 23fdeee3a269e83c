import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

/** Identifies a refresh token: its family, and the token within it. */
export interface RefreshTokenContent {
  grantId: string;
  tokenId: string;
}

/** 954 bytes of plaintext result in 1,718 characters, like a recorded token (facts, section 9). */
const PLAINTEXT_BYTES = 954;
/** The size of RSA-OAEP output with a 2,048-bit modulus. */
const WRAPPED_KEY_BYTES = 256;
const NONCE_BYTES = 12;

/** The members are in Cognito's order. */
const HEADER = encode(JSON.stringify({ cty: 'JWT', enc: 'A256GCM', alg: 'RSA-OAEP' }));

/**
 * Creates a refresh token with Cognito's format and real size, a JWE in five parts, so that a site
 * that can't store one fails here already.
 *
 * The second part looks like a key wrapped by RSA-OAEP but is random; the content key is derived
 * from it. Only the pool opens its tokens, so clients see no difference, and the pool needs no RSA
 * key pair for it.
 *
 * @param content what the pool needs to know when the token comes back
 * @param secret the pool's secret, 32 random bytes
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
 * @param token the token that the client sent
 * @param secret the pool's secret
 * @returns its content; null for anything that this pool didn't seal
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

/** Null if the text isn't in canonical form: padding, another alphabet, extra bits. */
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
