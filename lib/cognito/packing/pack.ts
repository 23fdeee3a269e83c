import { base64url } from 'jose';
import type { TokenSet } from '../protocol/tokens';
import { type Session, timesOf } from '../session/session';
import { bytesToText, textToBytes } from './bytes-as-text';
import { compress, expand, restoreUuids, takeUuids } from './compress';

/**
 * Packs three tokens into as few bytes as possible.
 *
 * Tokens are base64url, and so is a sealed cookie. Encoded twice, they would grow by a third twice.
 * So each part of a token is decoded before it is sealed. Headers and claims are text, which is
 * compressed together because most names and values repeat. Signatures, the encrypted parts of the
 * refresh token and UUIDs are bytes, which can't be compressed. `npm run cookie:sizes` prints the
 * resulting sizes.
 */

/**
 * The form that is sealed: the texts and the bytes of all tokens. A refresh token that isn't a JWE
 * follows them unchanged. If a JWT can't be restored exactly, all three tokens are stored
 * unchanged.
 */
export type Packed =
  | readonly [texts: string, bytes: string]
  | readonly [texts: string, bytes: string, refreshToken: string]
  | readonly [idToken: string, accessToken: string, refreshToken: string, asTheyAre: ''];

/**
 * Not part of the texts: JSON strings have no raw line breaks, and Cognito writes none elsewhere.
 */
const TEXT_SEPARATOR = '\n';
/** `bytesToText` never writes a space. */
const BYTES_SEPARATOR = ' ';

/** Which parts are text: header and claims of a JWT (RFC 7515), the header of a JWE (RFC 7516). */
const JWT = [true, true, false] as const;
const JWE = [true, false, false, false, false] as const;

/**
 * Packs three tokens.
 *
 * @param tokens as received
 * @returns the packed tokens; `unpack` restores them exactly, so that their signatures stay valid
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
 * Restores tokens from `pack`.
 *
 * @param packed from an unsealed cookie
 * @returns the tokens, or null if `packed` is malformed
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

/**
 * Decodes the parts of a token. Returns null if encoding them wouldn't restore exactly the same
 * text.
 */
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

/**
 * Encodes a token from its parts, removing them from both lists. Returns null if one is missing.
 */
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

/** Whether an unsealed value has the form of packed tokens. */
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

/** The sealed form of a session: the packed tokens and the two times. The names are short to save bytes. */
export interface Sealed {
  t: Packed;
  s: number;
  r: number;
}

/**
 * Returns what is sealed. The demo uses it to show what takes up the bytes of the cookie.
 *
 * @param session any session
 * @param tokens of the session, in one of the forms that `unpack` restores
 * @returns the packed tokens and the two times, as secret as the tokens
 */
export function plainForm(session: Session, tokens = pack(session)): Sealed {
  return { t: tokens, s: session.signedInAt, r: session.receivedAt };
}

/**
 * Restores a session from `plainForm`.
 *
 * @param sealed from an opened seal
 * @returns a frozen session, safe to share; null if it is malformed. Its tokens are JWTs, so that other
 *   code can rely on that, but nobody has verified them
 */
export function fromSealed({ t: tokens, s: signedInAt, r: receivedAt }: Partial<Sealed>) {
  if (!isPacked(tokens)) return null;
  if (typeof signedInAt !== 'number' || typeof receivedAt !== 'number') return null;
  const unpacked = unpack(tokens);
  if (!unpacked) return null;
  // Not with a spread: V8 gives each of its results a hidden class of its own, of half a kilobyte.
  const session: Session = Object.freeze(Object.assign(unpacked, { signedInAt, receivedAt }));
  try {
    timesOf(session);
    return session;
  } catch {
    return null;
  }
}

/**
 * Explains, for the operator's log, why a session doesn't fit into its cookies and what to do.
 *
 * @param tokens the session's tokens
 * @param size the size of its plain text, in bytes
 * @param limit the maximum of that size, in bytes
 */
export function whatIsTooLarge(tokens: TokenSet, size: number, limit: number): string {
  const { idToken, accessToken, refreshToken } = tokens;
  const sizes = `ID token ${idToken.length} bytes, access token ${accessToken.length}, refresh token ${refreshToken.length}`;
  const remedy =
    'Remove the user from groups, shorten long attributes, or let the app client read fewer attributes';
  return `${sizes}; packed ${size} bytes, limit ${limit}. ${remedy}`;
}
