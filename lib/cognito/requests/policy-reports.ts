import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { externalOrigins } from '../../external-origins';
import { asUrl } from '../protocol/url';
import { parseJson } from './incoming';

/** In bytes. A browser's report has less than two kilobytes, unless addresses are very long. */
const LONGEST = 16_384;

const RECIPE = 'See “Another origin” in docs/make-it-yours.md.';

/** What has been printed: a page sends the same report each time it is opened. */
const printed = new Set<string>();

/**
 * Answers a browser's report that the Content-Security-Policy has blocked something, and prints what
 * to change. Only `next dev` asks for reports (https://www.w3.org/TR/CSP3/#directive-report-uri).
 *
 * @param request not yet read
 * @param response of this request
 */
export async function takePolicyReport(
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  response.writeHead(204).end();
  if (!(Number(request.headers['content-length']) <= LONGEST)) return;
  const advice = adviceFor(await text(request).catch(() => ''));
  if (!advice || printed.has(advice)) return;
  printed.add(advice);
  console.warn(advice);
}

/**
 * Returns what to print for a report.
 *
 * @param body JSON from the browser, or anything
 * @returns two sentences; undefined if it isn't a report about a page
 */
export function adviceFor(body: string): string | undefined {
  const report = Object(Object(parseJson(body))['csp-report']);
  const page = asUrl(String(report['document-uri']));
  const directive = String(report['effective-directive']).replace(/-elem$/, '');
  if (!page || !/^[a-z-]{1,40}$/.test(directive)) return undefined;
  const blocked = String(report['blocked-uri']).slice(0, 200);
  const from = asUrl(blocked);
  // A keyword, such as `inline`. Anything else could be a line of its own in the terminal.
  const keyword = /^[\w:-]{1,40}$/.test(blocked) ? blocked : 'something';
  const what = from?.host ? `${from.protocol}//${from.host}` : keyword;
  const listed = from?.host && directive in externalOrigins;
  const next = listed
    ? `To allow it, add '${what}' to '${directive}' in lib/external-origins.js.`
    : RECIPE;
  const at = page.pathname.slice(0, 200);
  return `The Content-Security-Policy blocks this at ${at}, here and in a build: ${directive} ${what}. ${next}`;
}
