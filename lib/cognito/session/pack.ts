import { base64url } from 'jose';
import type { TokenSet } from '../protocol/tokens';
import { compress, expand } from './compress';

/**
 * Three tokens in as few bytes as they can honestly have.
 *
 * A JWT is base64url, and so is a seal: sealed as it is, a third is paid twice. So the headers and
 * claims of both JWTs go in as the text they are, compressed together because they share most names
 * and values. The signatures and the encrypted refresh token, which no compression helps, stay as
 * they are. The sizes that come of it are in `tests/cognito/session.test.ts`.
 */

/** As it is sealed: the compressed text of both JWTs, both signatures, the refresh token. */
export type Packed = readonly [texts: string, idSignature: string, signature: string, rest: string];

/**
 * Packs three tokens.
 *
 * @param tokens as received
 * @returns what `unpack` turns into exactly the same tokens, or their signatures would not verify
 */
export function pack(tokens: TokenSet): Packed {
  const [idHeader = '', idClaims = '', idSignature = '', ...idRest] = tokens.idToken.split('.');
  const [header = '', claims = '', signature = '', ...rest] = tokens.accessToken.split('.');
  const texts = [idHeader, idClaims, header, claims].map(toText);
  const odd = idRest.length > 0 || rest.length > 0 || texts.includes(null);
  const packed: Packed = [
    compress(texts.join(SEPARATOR)),
    idSignature,
    signature,
    tokens.refreshToken,
  ];
  // Whatever is no canonical JWT is kept as it is: bigger, and still exact.
  if (!odd && isSame(unpack(packed), tokens)) return packed;
  return ['', tokens.idToken, tokens.accessToken, tokens.refreshToken];
}

/**
 * Reads what `pack` wrote.
 *
 * @param packed out of a seal of ours
 * @returns the tokens, or null if it is nothing that `pack` writes
 */
export function unpack(packed: Packed): TokenSet | null {
  const [compressed, idSignature, signature, refreshToken] = packed;
  if (compressed === '') return { idToken: idSignature, accessToken: signature, refreshToken };
  const segments = expand(compressed)?.split(SEPARATOR).map(toSegment);
  if (segments?.length !== 4) return null;
  const [idHeader, idClaims, header, claims] = segments;
  return {
    idToken: `${idHeader}.${idClaims}.${idSignature}`,
    accessToken: `${header}.${claims}.${signature}`,
    refreshToken,
  };
}

/** Narrows an unsealed value. */
export function isPacked(value: unknown): value is Packed {
  return (
    Array.isArray(value) && value.length === 4 && value.every((part) => typeof part === 'string')
  );
}

/** JSON has no raw line break inside a string, and Cognito writes none between members. */
const SEPARATOR = '\n';

function toText(segment: string): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(base64url.decode(segment));
  } catch {
    return null;
  }
}

function toSegment(text: string): string {
  return base64url.encode(text);
}

function isSame(a: TokenSet | null, b: TokenSet): boolean {
  return (
    a?.idToken === b.idToken && a.accessToken === b.accessToken && a.refreshToken === b.refreshToken
  );
}
