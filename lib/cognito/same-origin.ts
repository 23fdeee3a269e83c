/**
 * Returns whether a request comes from a page of this site. At least one of `Sec-Fetch-Site` and
 * `Origin` must be present, and each one that is present must match (RFC 9700, section 4.7; Fetch
 * Metadata, https://www.w3.org/TR/fetch-metadata/).
 *
 * @param headers the request's headers
 * @param origin the site's public origin, from the configuration, never from `Host`
 */
export function isSameOrigin(headers: Headers, origin: string): boolean {
  const site = headers.get('sec-fetch-site');
  const from = headers.get('origin');
  if (site === null && from === null) return false;
  return (site === null || site === 'same-origin') && (from === null || from === origin);
}

/** Methods that must not change anything (RFC 9110, section 9.2.1). */
const SAFE = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Returns whether a request may change something but does not come from a page of this site. The
 * user may not have intended such a request, even if it carries the user's session.
 *
 * @param request the request's method and headers
 * @param origin the site's public origin, from the configuration, never from `Host`
 */
export function isForged(request: { method: string; headers: Headers }, origin: string): boolean {
  return !SAFE.includes(request.method) && !isSameOrigin(request.headers, origin);
}
