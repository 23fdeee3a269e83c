import { base64url } from 'jose';
import type { TokenSet } from '../protocol/tokens';
import { bytesToText, textToBytes } from './bytes-as-text';
import { compress, expand } from './compress';
import { restoreUuids, takeUuids } from './uuids';

/**
 * Three tokens in as few bytes as they can honestly have.
 *
 * Tokens are base64url, and so is a seal: sealed as they are, a third is paid twice. So every part of
 * a token goes in as what it encodes. Headers and claims are text, compressed together because they
 * share most names and values; signatures and the encrypted parts of the refresh token are bytes, which
 * no compression helps, and so are UUIDs. `npm run cookie:sizes` prints what comes of it.
 */

/**
 * As it is sealed: the texts and the bytes of all tokens; a refresh token that is no JWE stands behind
 * them as it is, and so do all three if a JWT is odd.
 */
export type Packed =
  | readonly [texts: string, bytes: string]
  | readonly [texts: string, bytes: string, refreshToken: string]
  | readonly [idToken: string, accessToken: string, refreshToken: string, asTheyAre: ''];

/** JSON has no raw line break inside a string, and Cognito writes none between members. */
const TEXT_SEPARATOR = '\n';
/** `bytesToText` writes no space. */
const BYTES_SEPARATOR = ' ';

/** Which parts of a token are text: header and claims of a JWT (RFC 7515), the header of a JWE (RFC 7516). */
const JWT = [true, true, false] as const;
const JWE = [true, false, false, false, false] as const;

/**
 * Packs three tokens.
 *
 * @param tokens as received
 * @returns what `unpack` turns into exactly the same tokens, or their signatures would not verify
 */
export function pack({ idToken, accessToken, refreshToken }: TokenSet): Packed {
  const jwts = [takeApart(idToken, JWT), takeApart(accessToken, JWT)];
  const jwe = takeApart(refreshToken, JWE);
  const parts = [...jwts, ...(jwe ? [jwe] : [])].filter((part) => part !== null);
  if (jwts.includes(null)) return [idToken, accessToken, refreshToken, ''];

  const { text, uuids } = takeUuids(parts.flatMap((part) => part.texts).join(TEXT_SEPARATOR));
  const bytes = [uuids, ...parts.flatMap((part) => part.bytes)].map(bytesToText);
  const packed = [compress(text), bytes.join(BYTES_SEPARATOR)] as const;
  return jwe ? packed : [...packed, refreshToken];
}

/**
 * Reads what `pack` wrote.
 *
 * @param packed out of a seal of ours
 * @returns the tokens, or null if it is nothing that `pack` writes
 */
export function unpack(packed: Packed): TokenSet | null {
  if (packed.length === 4) {
    const [idToken, accessToken, refreshToken] = packed;
    return { idToken, accessToken, refreshToken };
  }
  const [uuids, ...bytes] = packed[1].split(BYTES_SEPARATOR).map(textToBytes);
  const expanded = expand(packed[0]);
  if (!uuids || expanded === null) return null;
  const texts = restoreUuids(expanded, uuids).split(TEXT_SEPARATOR);
  const next = (kinds: readonly boolean[]) => putTogether(kinds, texts, bytes);
  const [idToken, accessToken] = [next(JWT), next(JWT)];
  const refreshToken = packed[2] ?? next(JWE);
  const whole = texts.length === 0 && bytes.length === 0;
  if (!whole || idToken === null || accessToken === null || refreshToken === null) return null;
  return { idToken, accessToken, refreshToken };
}

/** @returns null for a token that would not come back exactly: not written as everybody writes it */
function takeApart(
  token: string,
  kinds: readonly boolean[],
): { texts: string[]; bytes: Uint8Array[] } | null {
  const segments = token.split('.');
  const texts: string[] = [];
  const bytes: Uint8Array[] = [];
  for (const [position, isText] of kinds.entries()) {
    const decoded = decode(segments[position] ?? '');
    const text = decoded && isText ? toText(decoded) : '';
    if (!decoded || text === null || text.includes(TEXT_SEPARATOR)) return null;
    if (isText) texts.push(text);
    else bytes.push(decoded);
  }
  return putTogether(kinds, [...texts], [...bytes]) === token ? { texts, bytes } : null;
}

/** Takes from the front of both lists what a token of this kind needs. */
function putTogether(
  kinds: readonly boolean[],
  texts: string[],
  bytes: (Uint8Array | null)[],
): string | null {
  const parts = kinds.map((isText) => (isText ? texts.shift() : bytes.shift()));
  const whole = parts.filter((part) => part !== undefined && part !== null);
  return whole.length === kinds.length
    ? whole.map((part) => base64url.encode(part)).join('.')
    : null;
}

/** Narrows an unsealed value. */
export function isPacked(value: unknown): value is Packed {
  if (!Array.isArray(value) || !value.every((part) => typeof part === 'string')) return false;
  return value.length === 2 || value.length === 3 || (value.length === 4 && value[3] === '');
}

function decode(segment: string): Uint8Array | null {
  try {
    return base64url.decode(segment);
  } catch {
    return null;
  }
}

function toText(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/**
 * Why a session does not fit, for the operator's log: the sizes, and what to do about them.
 *
 * @param tokens of the session
 * @param size of its plain text, in bytes
 * @param limit of that, in bytes
 */
export function whatIsTooLarge(tokens: TokenSet, size: number, limit: number): string {
  const { idToken, accessToken, refreshToken } = tokens;
  const sizes = `ID token ${idToken.length} bytes, access token ${accessToken.length}, refresh token ${refreshToken.length}`;
  const remedy =
    'Take the person out of groups, shorten long attributes, or make fewer of them readable to the app client';
  return `${sizes}; packed ${size} of at most ${limit}. ${remedy}`;
}
