/**
 * Tells whether a request that changes something comes from a page of this site. Everything that
 * the browser says about it must agree, and it must say something (RFC 9700, section 4.7; Fetch
 * Metadata, https://www.w3.org/TR/fetch-metadata/).
 *
 * @param headers of the request
 * @param origin the site's public origin, from the configuration, never from `Host`
 */
export function isSameOrigin(headers: Headers, origin: string): boolean {
  const site = headers.get('sec-fetch-site');
  const from = headers.get('origin');
  if (site === null && from === null) return false;
  return (site === null || site === 'same-origin') && (from === null || from === origin);
}

/** Nothing that these methods do may change anything (RFC 9110, section 9.2.1). */
const SAFE = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Tells whether a request may change something and does not come from a page of this site, so that
 * the session it carries is no sign of its person's will.
 *
 * @param request its method and headers
 * @param origin the site's public origin, from the configuration, never from `Host`
 */
export function isForged(request: { method: string; headers: Headers }, origin: string): boolean {
  return !SAFE.includes(request.method) && !isSameOrigin(request.headers, origin);
}
