/**
 * Whether a path belongs to the issuer: discovery, keys and the JSON API, which Cognito has on
 * another host than the pages, one that knows no cookies (facts, section 1).
 *
 * @param path of a request, without query
 */
export function isIssuerPath(path: string): boolean {
  return path === '/' || path.includes('/.well-known/');
}
