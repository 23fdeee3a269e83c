import { subscribe } from 'node:diagnostics_channel';
import { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { externalOrigins } from '../../external-origins';
import { DEVELOPER_PAGES, isRoute, POLICY_REPORTS } from '../access/routes';
import { isLoopback } from '../config/values';
import { asUrl } from '../protocol/wire';
import { kindOf, memberOf, parseJson } from './incoming';

/** A response that `next dev` sends instead of its own. */
export interface DeveloperAnswer {
  readonly status: 307 | 403;
  /** Where to send the browser, if the status is 307. */
  readonly location?: string;
}

/** What a page needs in any browser. Next has nothing else under these paths that is for visitors. */
const FOR_VISITORS = /^\/_next\/(static|image)\b/;
const FOR_DEVELOPERS = /^\/(_next\/|__nextjs)/;

/**
 * Decides about a request to `next dev`, before Next does.
 *
 * - What is for developers (`/doctor`, and Next's own endpoints, such as `/_next/mcp`) needs a
 *   loopback `Host`. A website whose name has been pointed at this machine (DNS rebinding) sends
 *   its own name.
 * - A document at another host than the site's, such as 127.0.0.1 instead of localhost, is sent to
 *   the site: the sign-in's cookie would stay behind, and the callback come without it.
 *
 * @param request its method, target and headers
 * @param origin the site's public origin; undefined while it isn't configured
 * @returns the response, or undefined to let Next respond
 */
export function developerAnswer(
  { method, url = '/', headers }: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
  origin: string | undefined,
): DeveloperAnswer | undefined {
  // As normalizeRequests: one slash at the start, and no host in the target.
  const target = `/${url.replace(/^https?:\/\/[^/?#]*/i, '').replace(/^[\\/]+/, '')}`;
  const path = asUrl(target, 'http://localhost')?.pathname ?? '/';
  const host = asUrl(`http://${headers.host}`);
  const isLocal = host !== undefined && isLoopback(host);
  const forDevelopers = FOR_DEVELOPERS.test(path) && !FOR_VISITORS.test(path);
  if (forDevelopers || isRoute(path, ...DEVELOPER_PAGES))
    return isLocal ? undefined : { status: 403 };

  const site = origin === undefined ? undefined : new URL(origin);
  if (!site || site.host === headers.host) return undefined;
  // A proxy in front of the configured host may send a loopback Host: a redirect would loop.
  if (isLocal && !isLoopback(site)) return undefined;
  const isDocument = kindOf({ method, url: path, headers }) === 'document';
  return isDocument ? { status: 307, location: `${site.origin}${target}` } : undefined;
}

/**
 * Applies `developerAnswer` to every server of this process. Next has no hook for it: it answers
 * its own endpoints before the middleware.
 *
 * @param origin the site's public origin; undefined while it isn't configured
 */
export function answerDevelopers(origin: string | undefined): void {
  const watched = new WeakSet<Server>();
  subscribe('net.server.socket', (message) => {
    const server = memberOf(memberOf(message, 'socket'), 'server');
    if (!(server instanceof Server) || watched.has(server)) return;
    watched.add(server);
    const emit = server.emit.bind(server);
    server.emit = (event: string, ...given: unknown[]) =>
      refused(given, origin) || emit(event, ...given);
  });
}

/** Whether an event is a request or an upgrade, and has been answered here. */
function refused([request, connection]: unknown[], origin: string | undefined): boolean {
  if (!(request instanceof IncomingMessage)) return false;
  if (request.url === POLICY_REPORTS && connection instanceof ServerResponse) {
    void takePolicyReport(request, connection);
    return true;
  }
  const answer = developerAnswer(request, origin);
  if (!answer) return false;
  if (connection instanceof Socket) connection.destroy();
  if (!(connection instanceof ServerResponse)) return true;
  const { status, location } = answer;
  connection.setHeader('Cache-Control', 'no-store');
  if (location !== undefined) connection.setHeader('Location', location);
  connection.writeHead(status).end(status === 403 ? 'Only at http://localhost.\n' : '');
  return true;
}

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
async function takePolicyReport(request: IncomingMessage, response: ServerResponse): Promise<void> {
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
