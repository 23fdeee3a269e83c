import type { AccessList } from './access/access-rules';
import { DEVELOPER_PAGES, HEALTH_CHECKS, isRoute } from './access/routes';
import { admit } from './admit';
import { isDevelopment } from './config/environment';
import { getSite, type Misconfigured, type Site } from './get-site';
import { NO_TIMING, newReference, startTiming } from './logging';
import { pageContextOf } from './page-context';
import { refuseMisconfigured } from './refusals';
import { passThrough, type RequestContext } from './request-context';
import { requestKind } from './request-kind';
import { isTooLarge } from './requests/body-limit';
import * as responses from './responses';
import { type NextFetchEvent, type NextRequest, NextResponse } from './responses/next-server';
import { openJar } from './session/cookies';
import { serveOpen } from './static-pages/serve-open';

/** The type of Next's middleware function. */
export type Middleware = (request: NextRequest, event: NextFetchEvent) => Promise<Response>;

/**
 * Creates the middleware. For every request it checks whether the page is public, whether the
 * visitor is signed in, and whether the tokens are about to expire. A request that may not pass
 * gets the response for its kind: see `refusals.ts`.
 *
 * It is not the only check: pages and route handlers verify again, because Next has had bugs that
 * let requests bypass its middleware.
 *
 * @param access the access rules
 */
export function createGuard(access: AccessList): Middleware {
  return async (request, event) => {
    const path = request.nextUrl.pathname;
    if (isDevelopmentAsset(path)) return NextResponse.next();
    const site = getSite();
    const nonce = responses.newNonce();
    const config = site.ok ? site.config : undefined;
    const open = serveOpen(access, request);
    const policy = { config, nonce, scripts: open?.scripts, development: isDevelopment };
    const headers = responses.securityHeaders(policy);
    if (open) return withHeaders(open.response, headers);

    const kind = requestKind({ method: request.method, path, headers: request.headers });
    const asText = kind === 'action';
    const page = { ...pageContextOf(request), nonce, reference: newReference(), asText };
    // The page of the same request must see the new cookies, too.
    const jar = openJar(request.cookies, (name, value) => request.cookies.set(name, value));
    const timing = isDevelopment ? startTiming() : NO_TIMING;
    const context = { access, request, path, kind, page, headers, jar, timing };
    const answer = await answerTo(context, site);
    // Keeps the process running until refreshes that outlast this response have finished.
    const calls = site.ok ? site.refresher.pending() : undefined;
    if (calls) event.waitUntil(calls);
    const response = withHeaders(responses.withCookies(answer, jar), headers);
    response.headers.set('Cache-Control', 'private, no-store');
    const times = timing.header();
    if (times) response.headers.set('Server-Timing', times);
    return response;
  };
}

/** Whether this is a file that only `next dev` serves. No production build has it. */
function isDevelopmentAsset(path: string): boolean {
  return isDevelopment && (path.startsWith('/_next/') || path.startsWith('/__nextjs'));
}

function withHeaders<R extends Response>(response: R, headers: RequestContext['headers']): R {
  for (const [name, value] of headers) response.headers.set(name, value);
  // In Safari, Back to a page that now redirects to another origin would never arrive.
  if (response.headers.has('location')) response.headers.delete('Cross-Origin-Opener-Policy');
  return response;
}

/** Other methods get a 405. Next would render the page for any method. */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/**
 * Browsers keep at most 180 cookies for a site. For each route handler, Next does work that grows
 * with the square of their number: 2,500 cookies fit into 15 kB of headers and would keep a CPU
 * busy for seconds.
 */
const MAX_COOKIES = 200;

async function answerTo(context: RequestContext, site: Site | Misconfigured): Promise<Response> {
  const { request, path } = context;
  if (!METHODS.includes(request.method)) return responses.notAllowed(METHODS);
  if (request.cookies.size > MAX_COOKIES) return responses.refusal(context, 'cookies', 431);
  if (isTooLarge(path, request.headers.get('content-length'))) return responses.tooLarge();
  if (isRoute(path, ...HEALTH_CHECKS)) return passThrough(context);
  if (isDevelopment && isRoute(path, ...DEVELOPER_PAGES)) return passThrough(context);
  return site.ok ? admit({ ...context, site }) : refuseMisconfigured(context);
}
