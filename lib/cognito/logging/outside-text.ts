/** In characters. */
const MAX_TEXT = 200;
/** What may be a token, a code or an e-mail address: nobody reads those in a log. */
const SENSITIVE = /[\w.~+/=-]{32,}|[^\s<>"']+@[^\s<>"']+/g;

/**
 * Cleans text from outside for the log: one line of printable ASCII, at most 200 characters, without
 * anything that may be a token or an e-mail address.
 *
 * @param text any text, such as the `error_description` of a callback
 * @returns the line; undefined if nothing is left
 */
export function cleanLine(text: string): string | undefined {
  // Cut first: what is longer costs nothing.
  const short = text.slice(0, MAX_TEXT * 10);
  const plain = short.replace(/[^\x20-\x7E]+/g, ' ').replace(SENSITIVE, '…');
  return plain.replace(/ {2,}/g, ' ').trim().slice(0, MAX_TEXT) || undefined;
}

/**
 * The identity provider's or a Lambda trigger's reason for refusing a sign-in. Call it only for a
 * state of this browser's own: anyone can write a callback URL, and would write into the log.
 *
 * @param query the callback's query
 */
export function reasonGiven(query: URLSearchParams): { reason?: string } {
  const reason = query.has('error') && cleanLine(query.get('error_description') ?? '');
  return reason ? { reason } : {};
}

/**
 * The host where a sign-in started, if it isn't the site's: the sign-in fails, because its cookie stays at that host.
 * Never redirect to it: a client controls it.
 *
 * @param host from the attempt's state
 */
export function startedAt(host: string | undefined): { host?: string } {
  const given = cleanLine(host ?? '');
  return given === undefined ? {} : { host: given };
}
