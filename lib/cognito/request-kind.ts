/**
 * What is asking decides the answer: a redirect to the hosted UI is right for a document and wrong for everything
 * else. A header that the client controls can only make an answer stricter.
 */
export type RequestKind =
  /** A person's navigation: may be redirected to the hosted UI. */
  | 'document'
  /** The same as HEAD: starts nothing. */
  | 'document-head'
  /** Next's router, navigation or prefetch: must be made to load the document. */
  | 'router'
  /** A form: its body must not be sent on to another origin. */
  | 'form'
  /** `fetch`, XHR, an API call, an iframe, a speculative load: wants a status, not a page. */
  | 'fetch';

/**
 * Tells what kind of request this is.
 *
 * @param request its method, path and headers
 */
export function requestKind(request: {
  method: string;
  path: string;
  headers: Headers;
}): RequestKind {
  const { method, path, headers } = request;
  // Next turns a redirect of a data request into a header of its own.
  if (isApi(path) || headers.has('x-nextjs-data')) return 'fetch';
  if (headers.has('next-url') && (method === 'GET' || method === 'HEAD')) return 'router';
  if (!isDocument(headers)) return 'fetch';
  if (method === 'GET') return 'document';
  if (method === 'HEAD') return 'document-head';
  return method === 'POST' ? 'form' : 'fetch';
}

/** Whether a route handler answers here by itself, in JSON and never with a redirect. */
export function isApi(path: string): boolean {
  return path === '/api' || path.startsWith('/api/');
}

/** A load ahead of time: the browser throws a 401 away and asks again when the person goes there. */
export function isSpeculative(headers: Headers): boolean {
  return /prefetch|prerender/i.test(`${headers.get('sec-purpose')} ${headers.get('purpose')}`);
}

function isDocument(headers: Headers): boolean {
  if (isSpeculative(headers)) return false;
  const destination = headers.get('sec-fetch-dest');
  if (destination !== null) return destination === 'document';
  if (headers.has('sec-fetch-mode') || headers.has('sec-fetch-site')) return false;
  return /\btext\/html\b/i.test(headers.get('accept') ?? '');
}
