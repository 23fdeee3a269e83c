import { plainForm } from '@/lib/cognito/packing/pack';
import type { CognitoConfig } from '@/lib/cognito/protocol/cognito-config';
import type { Session } from '@/lib/cognito/session/session';
import { isSessionCookie } from '@/lib/cognito/session/session-store';
import type { TokenKind } from './token-evidence';

/** A cookie of the request. */
export interface Cookie {
  readonly name: string;
  readonly value: string;
}

/** A part of the packed tokens. */
export interface PackedPart {
  readonly part: string;
  /** The token that it belongs to; `shared` where parts of several tokens are packed together. */
  readonly token: TokenKind | 'shared' | 'frame';
  readonly bytes: number;
}

/** The session cookie: its pieces, and what is in them. */
export interface CookieAnatomy {
  /** The size of each piece: name and value, in bytes, as browsers count it. */
  readonly pieces: readonly { readonly name: string; readonly bytes: number }[];
  readonly total: number;
  /** In bytes: the browsers' limit for one cookie, and the proxies' limit for all of them. */
  readonly limits: { readonly piece: number; readonly all: number };
  readonly attributes: readonly string[];
  /** In seconds from the sign-in. */
  readonly lifetime: number;
  /** The received tokens, in characters. */
  readonly received: Readonly<Record<TokenKind, number>> & { readonly total: number };
  /** The packed tokens, part by part. Their sizes add up to `plain`. */
  readonly packed: readonly PackedPart[];
  /** The packed size before encryption, in bytes. */
  readonly plain: number;
  /** The encrypted size in characters, without the cookie names. */
  readonly sealed: number;
}

/** Limits for name and value of one cookie (RFC 6265bis, section 5.6), and of a session (`MAX_PLAIN` in `session.ts`). */
const LIMITS = { piece: 4096, all: 7500 } as const;

/**
 * Analyzes the session cookie.
 *
 * @param config for the cookie's name and attributes
 * @param session the cookie's content
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
    packed: [...parts, { part: 'timestamps and separators', token: 'frame', bytes: frame }],
    plain,
    sealed: own.reduce((sum, { value }) => sum + value.length, 0),
  };
}

function packedParts(session: Session): PackedPart[] {
  const { t: packed } = plainForm(session);
  if (packed.length === 4) {
    const [id, access, refresh] = packed;
    const whole = 'not packed';
    return parts([
      [whole, 'id', id],
      [whole, 'access', access],
      [whole, 'refresh', refresh],
    ]);
  }
  const [texts, bytes, asItCame = ''] = packed;
  const [uuids = '', id = '', access = '', ...encrypted] = bytes.split(' ');
  return parts([
    ['compressed headers and claims', 'shared', texts],
    ['UUIDs', 'shared', uuids],
    ['signature', 'id', id],
    ['signature', 'access', access],
    ['encrypted content', 'refresh', encrypted.join('') + asItCame],
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
