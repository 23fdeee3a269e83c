/**
 * Words of placeholders: `change-me`, `complex_password_at_least_32_characters_long` (the manual of
 * iron-session), `your-secret-here`. Random text has them once in 100,000 times.
 */
const PLACEHOLDER =
  /secret|passw|phrase|change.?(me|th)|exampl|sampl|holder|replac|insert|random|charact|openssl|qwert|defaul|your[-_ ]/i;
/** In characters: a repeated text of this length is no coincidence. */
const REPEATED = /(.{8}).*\1/is;
/** Random text has more different steps from one character to the next, even if all are digits. */
const MIN_STEPS = 9;

/**
 * Whether anyone could guess a secret: a placeholder, a repeated word, one character or a few, or a
 * sequence such as `abcdef…`.
 *
 * @param secret of 32 characters or more
 */
export function isGuessable(secret: string): boolean {
  const codes = Array.from(secret, (character) => character.charCodeAt(0));
  const steps = new Set(codes.map((code, at) => code - (codes[at + 1] ?? code)));
  return steps.size < MIN_STEPS || REPEATED.test(secret) || PLACEHOLDER.test(secret);
}
