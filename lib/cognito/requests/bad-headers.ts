import type { IncomingMessage, ServerResponse } from 'node:http';
import { parseAndValidateFlightRouterState } from 'next/dist/server/app-render/parse-and-validate-flight-router-state';
import { builtRoutes } from './built-routes';

const STATE = 'next-router-state-tree';

/** How many segments and slots a router state may have. Next spends 80 µs on each, twice. */
const MAX_SEGMENTS = 50;

/**
 * Removes a router state that is malformed, for which Next would respond with a 500, or far longer
 * than any page's. Without one, Next renders the whole page. The check is Next's own, so that it
 * accepts what Next accepts: an upgrade that moves it fails the build.
 *
 * @param request before Next sees it
 */
export function removeBadRouterState({ headers, url }: IncomingMessage): void {
  // Of the Pages Router: Next would answer for a route handler, with 200 and `{}`.
  delete headers['x-middleware-prefetch'];
  // The router always adds `_rsc` to the address. Without it, Next redirects, and a cache that ignores
  // `Vary` would keep the redirect of a static page for the page's own address.
  const [path = '', query = ''] = url?.split('?') ?? [];
  if (!query.includes('_rsc') && builtRoutes().prerendered.has(path)) delete headers.rsc;
  try {
    // One `{` for each: the slots below a segment.
    const segments = String(headers[STATE] ?? '').split(/\{|%7b/i);
    if (segments.length > MAX_SEGMENTS + 1) throw new Error('Too many segments.');
    parseAndValidateFlightRouterState(headers[STATE]);
  } catch {
    delete headers[STATE];
  }
}

/** What Next says about the file, and about the page for the status, which it fails to render. */
const OF_THE_FILE = ['Content-Type', 'ETag', 'Last-Modified'];

/**
 * Turns Next's 500 for a range beyond the end of a file into a 416 (RFC 9110, section 15.5.17).
 *
 * @param request that may have a `Range`
 * @param response before anything is written to it
 */
export function answerBadRange({ headers }: IncomingMessage, response: ServerResponse): void {
  if (headers.range === undefined) return;
  const isUnsatisfied = () => /^bytes \*\//.test(String(response.getHeader('Content-Range')));
  response.writeHead = new Proxy(response.writeHead, {
    apply(writeHead, self, values) {
      if (!isUnsatisfied()) return Reflect.apply(writeHead, self, values);
      for (const name of OF_THE_FILE) response.removeHeader(name);
      response.setHeader('Content-Length', 0);
      return Reflect.apply(writeHead, self, [416]);
    },
  });
  response.end = new Proxy(response.end, {
    apply: (end, self, values) => Reflect.apply(end, self, isUnsatisfied() ? [] : values),
  });
}

/**
 * Removes `Cross-Origin-Opener-Policy` from the redirects of pages and route handlers, as the middleware
 * does from its own. Only documents need it, and in Safari, Back to a page that now redirects to another
 * origin would never arrive.
 *
 * @param response before anything is written to it
 */
export function freeRedirects(response: ServerResponse): void {
  response.writeHead = new Proxy(response.writeHead, {
    apply(writeHead, self, values) {
      if (response.hasHeader('location')) response.removeHeader('Cross-Origin-Opener-Policy');
      return Reflect.apply(writeHead, self, values);
    },
  });
}
