/** A description of a secret that doesn't disclose it: its length and the start of its hash. */
export interface Redacted {
  readonly characters: number;
  /** The first six hexadecimal digits of its SHA-256: 24 bits, enough to distinguish two values. */
  readonly sha256: string;
}

/**
 * Describes a secret without disclosing it.
 *
 * @param text a token or another value that must not leave the server
 */
export async function redact(text: string): Promise<Redacted> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  const digits = Array.from(new Uint8Array(hash, 0, 3), (byte) =>
    byte.toString(16).padStart(2, '0'),
  );
  return { characters: text.length, sha256: digits.join('') };
}

/**
 * Describes a secret in one line of text.
 *
 * @param text a value that must not leave the server
 * @returns for example `43 characters, sha-256 1f3a9c…`
 */
export async function redactedText(text: string): Promise<string> {
  const { characters, sha256 } = await redact(text);
  return `${characters} characters, sha-256 ${sha256}…`;
}

/**
 * Formats a time in UTC.
 *
 * @param seconds since 1970
 * @returns for example `2026-11-28 12:00:00 UTC`
 */
export function momentText(seconds: number): string {
  const iso = new Date(seconds * 1000).toISOString();
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
}
