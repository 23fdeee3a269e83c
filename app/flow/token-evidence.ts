import { decodeProtectedHeader } from 'jose';
import { inOrder, noteOn } from './claim-notes';
import { momentText, redact, redactedText } from './fingerprint';

export type TokenKind = 'id' | 'access' | 'refresh';

/** One claim as the page shows it. */
export interface ShownClaim {
  readonly claim: string;
  /** The value; for `nonce` and `at_hash`, only length and hash. */
  readonly value: string;
  /** Undefined for a claim that isn't one of Cognito's own. */
  readonly note?: string;
}

/** A token as the page shows it. Nothing in it could be used as the token. */
export interface TokenEvidence {
  readonly kind: TokenKind;
  readonly characters: number;
  /** The first six hexadecimal digits of the token's SHA-256. */
  readonly sha256: string;
  /** Undefined for a refresh token that isn't a JWE. */
  readonly header?: Readonly<Record<string, string>>;
  /** Undefined for the refresh token, which only Cognito can read. */
  readonly claims?: readonly ShownClaim[];
  /** Seconds since 1970, by this server's clock. */
  readonly issuedAt: number;
  /** The same. For a refresh token, an upper limit: Cognito doesn't disclose when it expires. */
  readonly expiresAt: number;
}

/** Claims that only the token's holder may know. */
const HIDDEN: ReadonlySet<string> = new Set(['nonce', 'at_hash']);
const TIMES: ReadonlySet<string> = new Set(['exp', 'iat', 'auth_time']);

/**
 * Describes a token.
 *
 * @param kind which of the three
 * @param token as received
 * @param more its lifetime in seconds since 1970 by this server's clock, and its verified claims
 */
export async function tokenEvidence(
  kind: TokenKind,
  token: string,
  more: {
    issuedAt: number;
    expiresAt: number;
    claims?: Readonly<Record<string, unknown>>;
  },
): Promise<TokenEvidence> {
  const header = headerOf(token);
  return {
    kind,
    ...(await redact(token)),
    ...(header === undefined ? {} : { header }),
    ...(more.claims === undefined ? {} : { claims: await shownClaims(more.claims) }),
    issuedAt: more.issuedAt,
    expiresAt: more.expiresAt,
  };
}

/** The header: how the token is signed or encrypted. It isn't secret. */
function headerOf(token: string): Record<string, string> | undefined {
  try {
    const members = Object.entries(decodeProtectedHeader(token));
    return Object.fromEntries(members.map(([name, value]) => [name, asText(value)]));
  } catch {
    return undefined;
  }
}

function shownClaims(claims: Readonly<Record<string, unknown>>): Promise<ShownClaim[]> {
  return Promise.all(
    inOrder(Object.keys(claims)).map(async (claim) => {
      const note = noteOn(claim);
      const value = await shownValue(claim, claims[claim]);
      return { claim, value, ...(note === undefined ? {} : { note }) };
    }),
  );
}

async function shownValue(claim: string, value: unknown): Promise<string> {
  if (HIDDEN.has(claim)) return redactedText(asText(value));
  if (TIMES.has(claim) && typeof value === 'number') return `${value} (${momentText(value)})`;
  return asText(value);
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
