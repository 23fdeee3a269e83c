/** What a shared cache must check before it stores a response. */
interface Answered {
  readonly method: string;
  /** The request's headers. */
  readonly asked: Headers;
  readonly status: number;
  /** The response's headers. */
  readonly headers: Headers;
}

/** The statuses that a cache may store without explicit freshness (RFC 9110, section 15.1). */
const HEURISTIC = [200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 501];

/**
 * Whether a shared cache may store this response (RFC 9111, section 3). `Set-Cookie` doesn't prevent
 * it (section 7.3), so a response with cookies must have `Cache-Control`.
 */
export function mayBeStored({ method, asked, status, headers }: Answered): boolean {
  const control = directives(headers);
  const fresh = control.has('max-age') || control.has('s-maxage') || headers.has('expires');
  if (status < 200 || control.has('no-store')) return false;
  // With field names, `private` applies to those fields only (section 5.2.2.7).
  if (control.get('private') === '') return false;
  // A POST needs explicit freshness and a matching Content-Location (RFC 9110, section 9.3.3).
  if (method === 'POST' && !(fresh && headers.has('content-location'))) return false;
  if (!['GET', 'HEAD', 'POST'].includes(method)) return false;
  // Section 3.5.
  const shareable = ['must-revalidate', 'public', 's-maxage'].some((name) => control.has(name));
  if (asked.has('authorization') && !shareable) return false;
  return fresh || control.has('public') || HEURISTIC.includes(status);
}

/**
 * Whether `Vary` makes a cache distinguish two requests by this header (section 4.1).
 *
 * @param headers of the stored response
 * @param name of the request's header
 */
export function variesBy(headers: Headers, name: string): boolean {
  const names = (headers.get('vary') ?? '').toLowerCase().split(/\s*,\s*/);
  return names.includes('*') || names.includes(name.toLowerCase());
}

/** Directives by their name in lower case. The value is empty if there is none. */
function directives(headers: Headers): Map<string, string> {
  const text = headers.get('cache-control') ?? '';
  return new Map(
    [...text.matchAll(/([\w-]+)(?:=("[^"]*"|[^,\s]*))?/g)].map(([, name = '', value = '']) => [
      name.toLowerCase(),
      value,
    ]),
  );
}
