import type { CognitoConfig } from '@/lib/cognito/protocol/cognito-config';
import type { Session } from '@/lib/cognito/session/session';
import { isSessionCookie, plainForm } from '@/lib/cognito/session/session-store';
import type { TokenKind } from './token-evidence';

/** One cookie of a request. */
export interface Cookie {
  readonly name: string;
  readonly value: string;
}

/** A part of what is sealed. */
export interface PackedPart {
  readonly part: string;
  /** Whose it is; `shared` where the tokens' texts are compressed together. */
  readonly token: TokenKind | 'shared' | 'frame';
  readonly bytes: number;
}

/** The session cookie from the outside and from the inside. */
export interface CookieAnatomy {
  /** Each piece in bytes, name and value, as browsers count. */
  readonly pieces: readonly { readonly name: string; readonly bytes: number }[];
  readonly total: number;
  /** In bytes: of one cookie, where browsers end, and of all, where proxies do. */
  readonly limits: { readonly piece: number; readonly all: number };
  readonly attributes: readonly string[];
  /** In seconds from the sign-in. */
  readonly lifetime: number;
  /** The tokens as they came, in characters. */
  readonly received: Readonly<Record<TokenKind, number>> & { readonly total: number };
  /** The same in as few bytes as they can have; together they are `plain`. */
  readonly packed: readonly PackedPart[];
  /** What is sealed, in bytes. */
  readonly plain: number;
  /** The sealed text in characters, without the names of its cookies. */
  readonly sealed: number;
}

/** Name and value of one cookie (RFC 6265bis, section 5.6), and of a session: `MAX_PLAIN` of `session.ts`. */
const LIMITS = { piece: 4096, all: 7500 } as const;

/**
 * Takes the session cookie apart.
 *
 * @param config names the cookie
 * @param session what is in it
 * @param cookies of the request
 */
export function cookieAnatomy(
  config: CognitoConfig,
  session: Session,
  cookies: readonly Cookie[],
): CookieAnatomy {
  const own = cookies.filter(({ name }) => isSessionCookie(config, name));
  const pieces = own.map(({ name, value }) => ({ name, bytes: name.length + value.length }));
  const [id, access, refresh] = [session.idToken, session.accessToken, session.refreshToken].map(
    (token) => token.length,
  );
  const received = { id: id ?? 0, access: access ?? 0, refresh: refresh ?? 0 };
  const plain = bytesOf(plainForm(session));
  const parts = packedParts(session);
  const frame = plain - parts.reduce((sum, { bytes }) => sum + bytes, 0);
  return {
    pieces,
    total: pieces.reduce((sum, { bytes }) => sum + bytes, 0),
    limits: LIMITS,
    attributes: ['HttpOnly', 'SameSite=Lax', 'Path=/', ...(config.secure ? ['Secure'] : [])],
    lifetime: config.sessionLifetime,
    received: { ...received, total: received.id + received.access + received.refresh },
    packed: [
      ...parts,
      { part: 'two times, and what holds it together', token: 'frame', bytes: frame },
    ],
    plain,
    sealed: own.reduce((sum, { value }) => sum + value.length, 0),
  };
}

function packedParts(session: Session): PackedPart[] {
  const { t: packed } = plainForm(session);
  if (packed.length === 4) {
    const [id, access, refresh] = packed;
    const whole = 'the token as it came';
    return parts([
      [whole, 'id', id],
      [whole, 'access', access],
      [whole, 'refresh', refresh],
    ]);
  }
  const [texts, bytes, asItCame = ''] = packed;
  const [uuids = '', id = '', access = '', ...encrypted] = bytes.split(' ');
  return parts([
    ['headers and claims, compressed together', 'shared', texts],
    ['UUIDs, 16 bytes each', 'shared', uuids],
    ['signature', 'id', id],
    ['signature', 'access', access],
    ['encrypted by the user pool', 'refresh', encrypted.join('') + asItCame],
  ]);
}

function parts(
  list: readonly [part: string, token: PackedPart['token'], text: string][],
): PackedPart[] {
  return list.map(([part, token, text]) => ({ part, token, bytes: bytesOf(text) - QUOTES }));
}

const QUOTES = 2;

function bytesOf(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value)).length;
}
