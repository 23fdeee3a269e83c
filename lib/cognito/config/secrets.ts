/**
 * Words of placeholders: `change-me`, `complex_password_at_least_32_characters_long` (the manual of
 * iron-session), `your-secret-here`. Random text doesn't contain them.
 */
const PLACEHOLDER =
  /change.?(me|this)|complex.?password|(your|replace|insert|placeholder|example|sample|default).{0,12}(secret|pass|key)|at.?least.?32|openssl.rand|qwerty/i;
/** A short text that repeats itself to the end. */
const REPEATED = /^(.{1,10}?)\1+.{0,9}$/s;

/**
 * Tells whether anyone could guess a secret: one character or a short text, repeated, or the placeholder
 * of a manual.
 *
 * @param secret of 32 characters or more
 */
export function isGuessable(secret: string): boolean {
  return REPEATED.test(secret) || PLACEHOLDER.test(secret);
}
