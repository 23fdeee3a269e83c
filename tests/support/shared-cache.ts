/** What a shared cache must look at before it keeps an answer. */
interface Answered {
  readonly method: string;
  /** Of the request. */
  readonly asked: Headers;
  readonly status: number;
  /** Of the answer. */
  readonly headers: Headers;
}

/** Those that a cache may keep although nothing says for how long (RFC 9110, section 15.1). */
const HEURISTIC = [200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 501];

/**
 * Whether a shared cache may keep this answer (RFC 9111, section 3). `Set-Cookie` is no obstacle to
 * it (section 7.3): that is why such an answer must say so itself.
 */
export function mayBeStored({ method, asked, status, headers }: Answered): boolean {
  const control = directives(headers);
  const fresh = control.has('max-age') || control.has('s-maxage') || headers.has('expires');
  if (status < 200 || control.has('no-store')) return false;
  // With field names, `private` is about these fields only (section 5.2.2.7).
  if (control.get('private') === '') return false;
  // A POST only with explicit freshness, and for the address that it names (RFC 9110, section 9.3.3).
  if (method === 'POST' && !(fresh && headers.has('content-location'))) return false;
  if (!['GET', 'HEAD', 'POST'].includes(method)) return false;
  // Section 3.5.
  const shareable = ['must-revalidate', 'public', 's-maxage'].some((name) => control.has(name));
  if (asked.has('authorization') && !shareable) return false;
  return fresh || control.has('public') || HEURISTIC.includes(status);
}

/**
 * Whether `Vary` makes a cache tell two requests apart by this header (section 4.1).
 *
 * @param headers of the stored answer
 * @param name of the request's header
 */
export function variesBy(headers: Headers, name: string): boolean {
  const names = (headers.get('vary') ?? '').toLowerCase().split(/\s*,\s*/);
  return names.includes('*') || names.includes(name.toLowerCase());
}

/** Names in lower case; the value is empty where none is given. */
function directives(headers: Headers): Map<string, string> {
  const text = headers.get('cache-control') ?? '';
  return new Map(
    [...text.matchAll(/([\w-]+)(?:=("[^"]*"|[^,\s]*))?/g)].map(([, name = '', value = '']) => [
      name.toLowerCase(),
      value,
    ]),
  );
}
