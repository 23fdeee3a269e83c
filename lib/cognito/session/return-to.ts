import { LOGIN, LOGOUT, REFRESH } from '../access/routes';
import { asUrl } from '../protocol/wire';

/**
 * The longest path, in characters. The state of an attempt contains it, sealed, and CloudFront, which is in front of
 * Cognito, accepts URLs of up to 8,192 bytes.
 */
const MAX_LENGTH = 3000;
/** Returning to one of these would start, undo or repeat what the user has just done. */
const NEVER = [LOGIN, LOGOUT, REFRESH];

/**
 * Prevents open redirects: returns a path on this site, whatever the input.
 *
 * @param value untrusted text from a query, a form, a `Referer`, or a request's own path
 * @param origin the site's public origin
 * @returns a path with its query, normalized as in a browser; "/" for anything suspicious or too
 *   long
 */
export function safeReturnTo(value: string | null | undefined, origin: string): string {
  if (!value || value.length > MAX_LENGTH || !value.startsWith('/')) return '/';
  // A browser reads a backslash as a slash and drops tabs and line breaks (WHATWG URL, 4.4).
  if (/[\\\p{Cc}]/u.test(value)) return '/';
  const url = asUrl(value, origin);
  if (url?.origin !== origin) return '/';
  // "/.//evil.example" is on this origin, but as a redirect, its path "//evil.example" is not.
  if (url.pathname.startsWith('//')) return '/';
  // This site treats repeated slashes as one.
  const path = url.pathname.replace(/\/+/g, '/').replace(/\/$/, '');
  const safe = `${url.pathname}${url.search}`;
  // Percent-encoding can make a path nine times as long.
  return NEVER.includes(path) || safe.length > MAX_LENGTH ? '/' : safe;
}

/**
 * Returns the path of a same-origin `Referer`: the page that a form was sent from.
 *
 * @param referer the header, or null
 * @param origin the site's public origin
 * @returns a safe path; "/" if the header is missing or names another origin
 */
export function refererPath(referer: string | null, origin: string): string {
  const url = asUrl(referer ?? '');
  return url?.origin === origin ? safeReturnTo(`${url.pathname}${url.search}`, origin) : '/';
}
