/**
 * Whether a form was sent by a page of the pool's own origin. At least one of `Sec-Fetch-Site` and
 * `Origin` must be present, and each that is present must say so: other sites can send forms to
 * loopback too (Fetch Metadata, https://www.w3.org/TR/fetch-metadata/).
 *
 * @param headers the request's headers
 * @param domain the pool's origin from its settings, never the request's `Host`
 */
export function isSameOrigin(headers: Headers, domain: string): boolean {
  const site = headers.get('sec-fetch-site');
  const origin = headers.get('origin');
  if (site === null && origin === null) return false;
  return (site === null || site === 'same-origin') && (origin === null || origin === domain);
}
