import { decodeProtectedHeader } from 'jose';
import { inOrder, noteOn } from './claim-notes';
import { momentText, redact, redactedText } from './fingerprint';

export type TokenKind = 'id' | 'access' | 'refresh';

/** One claim as the page shows it. */
export interface ShownClaim {
  readonly claim: string;
  /** Never the value of a nonce or of `at_hash`: those as length and hash. */
  readonly value: string;
  /** Missing for a claim that Cognito does not have by itself. */
  readonly note?: string;
}

/** A token as the page shows it; nothing of it could be used in its place. */
export interface TokenEvidence {
  readonly kind: TokenKind;
  readonly characters: number;
  /** The first six hexadecimal digits of the token's SHA-256. */
  readonly sha256: string;
  /** Missing for a refresh token that is no JWE. */
  readonly header?: Readonly<Record<string, string>>;
  /** Missing for the refresh token, which only the user pool can read. */
  readonly claims?: readonly ShownClaim[];
  /** Seconds since 1970, by our clock. */
  readonly issuedAt: number;
  /** The same. Of a refresh token it is our bound: the token itself tells nobody when it ends. */
  readonly expiresAt: number;
}

/** Claims that only somebody who has the token may know. */
const HIDDEN: ReadonlySet<string> = new Set(['nonce', 'at_hash']);
const TIMES: ReadonlySet<string> = new Set(['exp', 'iat', 'auth_time']);

/**
 * Describes a token.
 *
 * @param kind which of the three
 * @param token as received
 * @param more its life in seconds since 1970 by our clock, and its verified claims
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

/** The first part of a token says how it is signed or sealed, and is no secret. */
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
