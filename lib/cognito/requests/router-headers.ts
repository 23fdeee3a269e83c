import type { IncomingMessage } from 'node:http';
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
