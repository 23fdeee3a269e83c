/**
 * The kind of a request decides how it is refused: a redirect to the hosted UI is right for a
 * document and wrong for everything else. A client that forges these headers only gets a stricter
 * response.
 */
export type RequestKind =
  /** A navigation in a browser: may be redirected to the hosted UI. */
  | 'document'
  /** A HEAD request for a document: must not start a sign-in. */
  | 'document-head'
  /** A navigation or prefetch by Next's router: is made to load the document instead. */
  | 'router'
  /** A form post: its body must not be forwarded to another origin. */
  | 'form'
  /** A Server Action: Next's client follows only a redirect in a header of its own. */
  | 'action'
  /** `fetch`, XHR, an API call, an iframe or a speculative load: gets a status, not a page. */
  | 'fetch';

/**
 * Returns the kind of a request.
 *
 * @param request the request's method, path and headers
 */
export function requestKind(request: {
  method: string;
  path: string;
  headers: Headers;
}): RequestKind {
  const { method, path, headers } = request;
  // For these requests, Next would turn a redirect into a header.
  if (isApi(path) || headers.has('x-nextjs-data')) return 'fetch';
  if (method === 'POST' && headers.has('next-action')) return 'action';
  if (headers.has('next-url') && (method === 'GET' || method === 'HEAD')) return 'router';
  if (!isDocument(headers)) return 'fetch';
  if (method === 'GET') return 'document';
  if (method === 'HEAD') return 'document-head';
  return method === 'POST' ? 'form' : 'fetch';
}

/** Whether this is the path of an API, which responds in JSON and never redirects. */
export function isApi(path: string): boolean {
  return path === '/api' || path.startsWith('/api/');
}

/** Whether this is a prefetch or prerender. The browser discards a 401 and loads the page later. */
export function isSpeculative(headers: Headers): boolean {
  return /prefetch|prerender/i.test(`${headers.get('sec-purpose')} ${headers.get('purpose')}`);
}

function isDocument(headers: Headers): boolean {
  if (isSpeculative(headers)) return false;
  const html = /\btext\/html\b/i.test(headers.get('accept') ?? '');
  const destination = headers.get('sec-fetch-dest');
  // A service worker that passes a navigation on changes its destination, but not its mode.
  if (destination === 'empty') return html && headers.get('sec-fetch-mode') === 'navigate';
  if (destination !== null) return destination === 'document';
  return html && !headers.has('sec-fetch-mode') && !headers.has('sec-fetch-site');
}

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
