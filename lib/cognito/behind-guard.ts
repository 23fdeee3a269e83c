import { type NextFetchEvent, type NextRequest, NextResponse } from 'next/server';
import { type AccessList, isPublicFile } from './access-rules';
import { createGuard, type Middleware } from './guard';
import { isApi } from './request-kind';

/** Another library's middleware, next-intl's for one. It answers with a `NextResponse`. */
export type OtherMiddleware = (
  request: NextRequest,
  event: NextFetchEvent,
) => Response | Promise<Response>;

/** Next's way of handing a request's headers to whoever renders: a list of names, and each value. */
const LIST = 'x-middleware-override-headers';
const EACH = 'x-middleware-request-';

/** Of those, what the page must get as the guard gave it: the nonce's policy, and the session. */
const OURS = ['content-security-policy', 'x-nonce', 'x-reference', 'cookie'];

/**
 * Runs another middleware behind the guard: the guard decides about the path that was asked for, and only what it
 * lets through to a page reaches the other one. Routes of the sign-in, `/api/*` and public files do not.
 *
 * Where the other middleware rewrites to, only the page itself checks again.
 *
 * @param access who may see what
 * @param other may go on, rewrite, redirect or answer; the guard's headers win over its own
 * @returns the middleware, for `middleware.ts` to export
 */
export function behindGuard(access: AccessList, other: OtherMiddleware): Middleware {
  const guard = createGuard(access);
  return async (request, event) => {
    const answer = await guard(request, event);
    const lets = answer.headers.has('x-middleware-next') && answer.status === 200;
    if (!lets || isOwnRoute(access, request.nextUrl.pathname)) return answer;
    for (const name of forwardedNames(answer)) {
      request.headers.set(name, answer.headers.get(`${EACH}${name}`) ?? '');
    }
    return joined(answer, await other(request, event));
  };
}

/** What has one address, whatever the language, and answers by itself. */
function isOwnRoute(access: AccessList, path: string): boolean {
  const own = /^\/(login|logout|refresh|theme|forbidden|_next\/.*)\/?$/.test(path);
  return own || isApi(path) || isPublicFile(access, path);
}

/** Their answer, with our headers over it and our cookies beside theirs. */
function joined(answer: Response, theirs: Response): Response {
  const response = new NextResponse(theirs.body, theirs);
  const { headers } = response;
  for (const [name, value] of answer.headers) {
    if (!name.startsWith('x-middleware-') && name !== 'set-cookie') headers.set(name, value);
  }
  // The last of a name counts.
  for (const cookie of answer.headers.getSetCookie()) headers.append('Set-Cookie', cookie);
  const both = [theirs, answer].map((each) => each.headers.get('x-middleware-set-cookie') ?? '');
  if (both.some(Boolean)) headers.set('x-middleware-set-cookie', both.filter(Boolean).join(','));
  if (headers.has('x-middleware-next') || headers.has('x-middleware-rewrite')) {
    forward(answer, theirs, headers);
  }
  return response;
}

/** What they hand to the page, and of ours what they may not change; all of ours if they hand over none. */
function forward(answer: Response, theirs: Response, headers: Headers): void {
  const named = forwardedNames(theirs);
  const ours = forwardedNames(answer).filter((name) => named.length === 0 || OURS.includes(name));
  for (const name of ours) {
    headers.set(`${EACH}${name}`, answer.headers.get(`${EACH}${name}`) ?? '');
  }
  headers.set(LIST, [...new Set([...named, ...ours])].join(','));
}

function forwardedNames({ headers }: Response): string[] {
  return headers.get(LIST)?.split(',') ?? [];
}
