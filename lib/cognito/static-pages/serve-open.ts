import { type AccessList, isPublicFile, isStaticPage } from '../access/access-rules';
import { withoutSlash } from '../access/routes';
import { isDevelopment } from '../config/environment';
import { notAllowed } from '../responses/answers';
import { type NextRequest, NextResponse } from '../responses/next-server';

/** What a CDN does with a static page: it keeps it for five minutes, then asks whether it has changed. */
const CACHING = 'public, max-age=0, s-maxage=300, stale-while-revalidate=600';

/** All that a static page gets of its request. Next compares `next-url` with `_rsc` in the address. */
const FORWARDED = ['host', 'accept-encoding', 'if-none-match', 'next-url'];
/** Without them, `next dev` doesn't show an edit in an open page. */
const OF_DEVELOPMENT = ['x-nextjs-request-id', 'x-nextjs-html-request-id'];

/** A response for anyone: no cookie was read for it. */
interface OpenAnswer {
  readonly response: Response;
  /** The inline scripts that its policy allows, if it is a static page. */
  readonly scripts?: string;
}

/**
 * Answers a request for a public file or a static page, without reading a session. Next itself would
 * answer a POST with a 500.
 *
 * A static page must never get a cookie: with a forged `__prerender_bypass`, Next would send a
 * `Set-Cookie` together with what a shared cache may keep.
 *
 * @param access the access rules
 * @param request any request
 * @param scripts the sources of the inline scripts of the static page at this path, if it is one
 * @returns undefined for all other requests
 */
export function serveOpen(
  access: AccessList,
  request: NextRequest,
  scripts = scriptsOf(access, request.nextUrl.pathname),
): OpenAnswer | undefined {
  const { method, nextUrl } = request;
  if (scripts === undefined && !isPublicFile(access, nextUrl.pathname)) return undefined;
  if (method !== 'GET' && method !== 'HEAD') return { response: notAllowed(['GET', 'HEAD']) };
  if (scripts === undefined) return { response: NextResponse.next() };
  const headers = new Headers();
  for (const name of isDevelopment ? [...FORWARDED, ...OF_DEVELOPMENT] : FORWARDED) {
    const value = request.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  const response = NextResponse.next({ request: { headers } });
  // Next's own `Vary` is missing in its redirect of a router's request without `_rsc`.
  response.headers.set('Vary', 'RSC');
  response.headers.set('Cache-Control', isDevelopment ? 'private, no-store' : CACHING);
  return { response, scripts };
}

/** `next dev` renders a static page again for each request, so nobody knows its scripts beforehand. */
function scriptsOf(access: AccessList, path: string): string | undefined {
  if (!isDevelopment) return scriptHashes(path);
  return isStaticPage(access, path) ? "'unsafe-inline'" : undefined;
}

/**
 * The last step of `npm run build` (`tools/setup/static-pages.ts`) replaces this text in the build: for
 * each static page its path, `>`, and the hashes of its inline scripts as in a policy; `|` between pages.
 * In `next dev`, and in a build without that step, it stays.
 */
const BUILT = 'static-pages-of-this-build';

const hashes: Readonly<Record<string, string>> = Object.fromEntries(
  BUILT.split('|').map((page) => page.split('>')),
);

/**
 * Returns the sources that the policy of a static page allows for its inline scripts.
 *
 * @param path of a request, with or without a trailing slash
 * @returns such as `'sha256-…' 'sha256-…'`; undefined if the build has no such static page
 */
function scriptHashes(path: string): string | undefined {
  return hashes[withoutSlash(path)];
}
