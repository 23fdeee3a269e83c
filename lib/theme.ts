/** The colours that a visitor chose over the system's. */
export type Theme = 'light' | 'dark';

/** The cookie that keeps the choice; the server reads it, so that no page flashes in the wrong colours. */
export const THEME_COOKIE = 'theme';

/** How long it is kept, in seconds: browsers keep no cookie for longer than 400 days. */
export const THEME_LIFETIME = 365 * 86_400;

/**
 * Reads a choice.
 *
 * @param value of the cookie or of a form's field; anything
 * @returns undefined for the system's colours
 */
export function themeOf(value: unknown): Theme | undefined {
  return value === 'light' || value === 'dark' ? value : undefined;
}
