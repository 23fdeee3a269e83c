import { asUrl } from '../protocol/url';

/**
 * In characters. Longer paths go to the front page instead: an attempt's state contains one, sealed, and CloudFront,
 * which is in front of Cognito, takes URLs of 8,192 bytes.
 */
const MAX_LENGTH = 3000;
/** Going back to one of these would start, undo or repeat what just happened. */
const NEVER = ['/login', '/logout', '/refresh'];

/**
 * The one guard against open redirects: a path on this site comes out, whatever goes in.
 *
 * @param value from a query, a form, a `Referer`, or a request's own path; anything
 * @param origin the site's public origin
 * @returns a path with its query, normalised as a browser would; "/" for everything suspicious
 */
export function safeReturnTo(value: string | null | undefined, origin: string): string {
  if (!value || value.length > MAX_LENGTH || !value.startsWith('/')) return '/';
  // A browser reads a backslash as a slash and drops tabs and line breaks (WHATWG URL, 4.4).
  if (/[\\\p{Cc}]/u.test(value)) return '/';
  const url = asUrl(value, origin);
  if (url?.origin !== origin) return '/';
  // "/.//evil.example" is on our origin, but its path alone would not be.
  if (url.pathname.startsWith('//')) return '/';
  // Slashes in a row are one slash to this site.
  const path = url.pathname.replace(/\/+/g, '/').replace(/\/$/, '');
  const safe = `${url.pathname}${url.search}`;
  // Percent-encoding can make a path nine times as long as it came in.
  return NEVER.includes(path) || safe.length > MAX_LENGTH ? '/' : safe;
}

/**
 * The path of a same-origin `Referer`, where a form's person came from.
 *
 * @param referer the header
 * @param origin the site's public origin
 * @returns a safe path, "/" without one
 */
export function refererPath(referer: string | null, origin: string): string {
  const url = asUrl(referer ?? '');
  return url?.origin === origin ? safeReturnTo(`${url.pathname}${url.search}`, origin) : '/';
}
