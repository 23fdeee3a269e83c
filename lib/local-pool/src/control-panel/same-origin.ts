/**
 * Whether a form comes from a page of the pool's own origin. What the browser says about it must
 * agree, and it must say something: other sites can send forms to loopback, too (Fetch Metadata,
 * https://www.w3.org/TR/fetch-metadata/).
 *
 * @param headers of the request
 * @param domain the pool's origin as it was started, never the request's own `Host`
 */
export function isSameOrigin(headers: Headers, domain: string): boolean {
  const site = headers.get('sec-fetch-site');
  const origin = headers.get('origin');
  if (site === null && origin === null) return false;
  return (site === null || site === 'same-origin') && (origin === null || origin === domain);
}
