/**
 * Whether a path belongs to the issuer: discovery, the JWKS and the JSON API. Cognito serves these
 * from a different host than the pages, without cookies (facts, section 1).
 *
 * @param path the path of a request, without the query
 */
export function isIssuerPath(path: string): boolean {
  return path === '/' || path.includes('/.well-known/');
}
