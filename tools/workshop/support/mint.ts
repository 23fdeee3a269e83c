import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { importJWK } from 'jose';
import { createPoolKeys, type PoolKeys, type SigningKey } from '@/lib/local-pool/src/keys';

/** A user pool's keys, which tests use to forge tokens. */
export interface Mint {
  readonly keys: PoolKeys;
  /** Signs any header and payload with the pool's own key for this kind of token. */
  honest(kind: Kind, payload: object | string, header?: object): string;
}

export type Kind = 'id' | 'access';
export type Claims = Record<string, unknown>;

/** Creates keys that can be used both in a pool and outside it. */
export async function openMint(): Promise<Mint> {
  const pairs = { id: rsa(), access: rsa() };
  const made = await createPoolKeys();
  const keys: PoolKeys = {
    ...made,
    idToken: await adopt(made.idToken, pairs.id),
    accessToken: await adopt(made.accessToken, pairs.access),
  };
  return {
    keys,
    honest(kind, payload, header = {}) {
      const { kid } = kind === 'id' ? keys.idToken : keys.accessToken;
      const full = { kid, alg: 'RS256', ...header };
      const bits = full.alg === 'RS384' ? 384 : full.alg === 'RS512' ? 512 : 256;
      return jws(full, payload, rs(bits, pairs[kind].privateKey));
    },
  };
}

interface Pair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

async function adopt(key: SigningKey, { privateKey }: Pair): Promise<SigningKey> {
  const jwk = privateKey.export({ format: 'jwk' });
  const imported = await importJWK({ ...jwk, alg: 'RS256' });
  if (imported instanceof Uint8Array) throw new Error('The RSA key was imported as bytes.');
  const { e = '', n = '' } = jwk;
  return { ...key, privateKey: imported, publicJwk: { ...key.publicJwk, e, n } };
}

/** Signs the encoded header and payload of a token. */
export type Signer = (input: Buffer) => Buffer;

/** A new RSA key pair. */
export function rsa(): Pair {
  return generateKeyPairSync('rsa', { modulusLength: 2048 });
}

/** A signer for RSASSA-PKCS1-v1_5 with this hash. */
export function rs(bits: 256 | 384 | 512, key: KeyObject): Signer {
  return (input) => createSign(`RSA-SHA${bits}`).update(input).sign(key);
}

/**
 * Creates a compact JWS from any content.
 *
 * @param header an object, or the exact text
 * @param payload likewise
 */
export function jws(header: object | string, payload: object | string, signer: Signer): string {
  const text = (part: object | string) => (typeof part === 'string' ? part : JSON.stringify(part));
  const input = `${b64(text(header))}.${b64(text(payload))}`;
  return `${input}.${signer(Buffer.from(input)).toString('base64url')}`;
}

/** Base64url without padding. */
export function b64(text: string): string {
  return Buffer.from(text).toString('base64url');
}
