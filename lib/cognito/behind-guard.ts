import { type AccessList, isPublicFile, isStaticPage } from './access/access-rules';
import { DEVELOPER_PAGES, FORBIDDEN, HANDLERS, isRoute } from './access/routes';
import { createGuard, type Middleware } from './guard';
import { HANDED } from './memory/hand-over';
import { isApi } from './request-kind';
import { type NextFetchEvent, type NextRequest, NextResponse } from './responses/next-server';

/** Another library's middleware, such as next-intl's. It must return a `NextResponse`. */
export type OtherMiddleware = (
  request: NextRequest,
  event: NextFetchEvent,
) => Response | Promise<Response>;

/**
 * How Next passes request headers to the page: a list of their names, and a header for each value.
 */
const LIST = 'x-middleware-override-headers';
const EACH = 'x-middleware-request-';

/**
 * Request headers that the other middleware can't override: policy, nonce, reference and session.
 */
const OURS = ['content-security-policy', 'x-nonce', 'x-reference', 'cookie'];

/**
 * Runs another middleware behind the guard. The guard checks the requested path first. Only
 * requests that it lets through to a page reach the other middleware: the template's own routes
 * (`access/routes.ts`), `/api/*`, static pages and public files do not.
 *
 * If the other middleware rewrites to another path, the guard does not check that path. The page
 * itself must check access.
 *
 * @param access the access rules
 * @param other may continue, rewrite, redirect or respond; the guard's headers override its own
 * @returns the middleware, for `middleware.ts` to export
 */
export function behindGuard(access: AccessList, other: OtherMiddleware): Middleware {
  const guard = createGuard(access);
  return async (request, event) => {
    const answer = await guard(request, event);
    const lets = answer.headers.has('x-middleware-next') && answer.status === 200;
    if (!lets || isOwnRoute(access, request.nextUrl.pathname)) return answer;
    request.headers.delete(HANDED);
    for (const name of forwardedNames(answer)) {
      request.headers.set(name, answer.headers.get(`${EACH}${name}`) ?? '');
    }
    const response = joined(answer, await other(request, event));
    // Next sends the page's headers to another site, too, if the other middleware rewrites to it.
    const target = new URL(response.headers.get('x-middleware-rewrite') ?? request.url);
    if (target.origin !== request.nextUrl.origin) response.headers.set(`${EACH}${HANDED}`, '');
    return response;
  };
}

/** Routes whose address has no language in it, and which respond by themselves. */
function isOwnRoute(access: AccessList, path: string): boolean {
  const own = isRoute(path, ...HANDLERS, FORBIDDEN, ...DEVELOPER_PAGES);
  // A shared cache may keep these responses: nothing may be added to them.
  const open = isPublicFile(access, path) || isStaticPage(access, path);
  return own || open || path.startsWith('/_next/') || isApi(path);
}

/** The other middleware's response, with the guard's headers (which win) and cookies added. */
function joined(answer: Response, theirs: Response): Response {
  const response = new NextResponse(theirs.body, theirs);
  const { headers } = response;
  for (const [name, value] of answer.headers) {
    if (!name.startsWith('x-middleware-') && name !== 'set-cookie') headers.set(name, value);
  }
  // If a cookie is set twice, the last one counts: the guard's.
  for (const cookie of answer.headers.getSetCookie()) headers.append('Set-Cookie', cookie);
  const both = [theirs, answer].map((each) => each.headers.get('x-middleware-set-cookie') ?? '');
  if (both.some(Boolean)) headers.set('x-middleware-set-cookie', both.filter(Boolean).join(','));
  if (headers.has('x-middleware-next') || headers.has('x-middleware-rewrite')) {
    forward(answer, theirs, headers);
  }
  return response;
}

/**
 * Sets the request headers for the page: those of the other middleware, and those of the guard that
 * it can't override. If the other middleware set none, all of the guard's.
 */
function forward(answer: Response, theirs: Response, headers: Headers): void {
  const named = forwardedNames(theirs);
  const guardNames = forwardedNames(answer).filter(
    (name) => named.length === 0 || OURS.includes(name),
  );
  for (const name of guardNames) {
    headers.set(`${EACH}${name}`, answer.headers.get(`${EACH}${name}`) ?? '');
  }
  headers.set(LIST, [...new Set([...named, ...guardNames])].join(','));
}

function forwardedNames({ headers }: Response): string[] {
  return headers.get(LIST)?.split(',') ?? [];
}
