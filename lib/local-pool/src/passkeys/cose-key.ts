import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { type Cbor, decodeCbor } from './cbor';

/**
 * Reads a passkey's public key. Cognito supports ES256 (-7) and RS256 (-257) (account facts,
 * section 6).
 *
 * @param bytes a COSE key (RFC 9052, section 7)
 * @returns undefined for any other algorithm, and for what isn't a key
 */
export function readCoseKey(bytes: Buffer): KeyObject | undefined {
  const members = decodeCbor(bytes);
  if (!(members instanceof Map)) return undefined;
  const jwk = toJwk(members);
  if (jwk === undefined) return undefined;
  try {
    return createPublicKey({ key: jwk, format: 'jwk' });
  } catch {
    // For example, a point that isn't on the curve.
    return undefined;
  }
}

/** The labels are those of RFC 9053 (EC2) and RFC 8230 (RSA): 1 is `kty`, 3 is `alg`. */
function toJwk(members: Map<Cbor, Cbor>): JsonWebKey | undefined {
  const text = (label: number) => {
    const value = members.get(label);
    return Buffer.isBuffer(value) ? value.toString('base64url') : '';
  };
  const [kty, alg, curve] = [1, 3, -1].map((label) => members.get(label));
  if (kty === 2 && alg === -7 && curve === 1) {
    return { kty: 'EC', crv: 'P-256', x: text(-2), y: text(-3) };
  }
  if (kty === 3 && alg === -257) return { kty: 'RSA', n: text(-1), e: text(-2) };
  return undefined;
}
