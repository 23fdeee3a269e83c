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
