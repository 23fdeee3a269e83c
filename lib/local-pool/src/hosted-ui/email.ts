const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
/** Cognito's maximum length of an attribute. */
const LONGEST = 2048;

/**
 * Whether a text looks like an email address.
 *
 * @param text as typed
 */
export function isEmail(text: string): boolean {
  return text.length <= LONGEST && EMAIL.test(text);
}

/**
 * Checks an email address.
 *
 * @param text as typed
 * @returns null, or Cognito's error message
 */
export function emailFault(text: string): string | null {
  return isEmail(text) ? null : 'Invalid email address format.';
}
