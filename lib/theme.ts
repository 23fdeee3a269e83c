/** The color theme that a visitor chose. Without a choice, pages follow the system's theme. */
export type Theme = 'light' | 'dark';

/** The cookie that stores the choice. The server reads it, so pages never flash in the wrong theme. */
export const THEME_COOKIE = 'theme';

/** How long the cookie lasts, in seconds: one year. Browsers allow at most 400 days. */
export const THEME_LIFETIME = 365 * 86_400;

/**
 * Reads the choice from a cookie or a form field.
 *
 * @param value any value; it needs no validation first
 * @returns the theme, or undefined for the system's theme
 */
export function themeOf(value: unknown): Theme | undefined {
  return value === 'light' || value === 'dark' ? value : undefined;
}

/**
 * Applies the choice to a static page before the browser shows it: nothing of its request reaches such a page, so the
 * theme switch also keeps the choice in the browser.
 */
export const THEME_SCRIPT =
  'try{let t=localStorage.theme;/^(light|dark)$/.test(t)&&(document.documentElement.dataset.theme=t)}catch{}';
