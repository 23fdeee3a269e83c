const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
/** Cognito keeps attributes of this length at most. */
const LONGEST = 2048;

/**
 * Whether a text looks like an e-mail address.
 *
 * @param text as typed
 */
export function isEmail(text: string): boolean {
  return text.length <= LONGEST && EMAIL.test(text);
}

/**
 * What is wrong with an e-mail address.
 *
 * @param text as typed
 * @returns null, or Cognito's words
 */
export function emailFault(text: string): string | null {
  return isEmail(text) ? null : 'Invalid email address format.';
}
