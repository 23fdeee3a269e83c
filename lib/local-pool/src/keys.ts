import { randomBytes } from 'node:crypto';
import { type CryptoKey, exportJWK, generateKeyPair } from 'jose';

/** An RS256 key pair: the private key, and the public one as it is in the JWKS. */
export interface SigningKey {
  kid: string;
  privateKey: CryptoKey;
  publicJwk: { alg: 'RS256'; e: string; kid: string; kty: 'RSA'; n: string; use: 'sig' };
}

/** The signing keys of a pool. They are kept in memory only, so each start generates new ones. */
export interface PoolKeys {
  /** ID and access tokens are signed with different keys (facts, section 10). */
  idToken: SigningKey;
  accessToken: SigningKey;
}

/** Generates a set. It takes a quarter of a second of CPU time, so a test run shares one. */
export async function createPoolKeys(): Promise<PoolKeys> {
  const [idToken, accessToken] = await Promise.all([createSigningKey(), createSigningKey()]);
  return { idToken, accessToken };
}

/** The body of `/.well-known/jwks.json`. */
export function jwks(keys: PoolKeys): { keys: SigningKey['publicJwk'][] } {
  return { keys: [keys.idToken.publicJwk, keys.accessToken.publicJwk] };
}

async function createSigningKey(): Promise<SigningKey> {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { modulusLength: 2048 });
  const { e, n } = await exportJWK(publicKey);
  if (e === undefined || n === undefined) throw new Error('The RSA key has no e or n.');
  // 32 bytes are 44 characters of base64 including the "=", the length of Cognito's.
  const kid = randomBytes(32).toString('base64');
  return { kid, privateKey, publicJwk: { alg: 'RS256', e, kid, kty: 'RSA', n, use: 'sig' } };
}
