import type { NextRequest } from 'next/server';

/** The module that pages and route handlers import. Each site has its own instance. */
export type Cognito = typeof import('@/lib/cognito');

/**
 * Stand-ins for the pages in `app`. Each makes the same access checks as the real page and renders the
 * result as text. Tests of the real pages run against the built site; you may change those pages.
 */
const PAGES: Readonly<
  Record<string, (cognito: Cognito, query: URLSearchParams) => Promise<string>>
> = {
  '/': async ({ getVisitor }) => {
    const visitor = await getVisitor();
    if (visitor.state === 'signed-in') return `You are signed in as ${visitor.user.username}.`;
    if (visitor.state === 'signed-out') return 'You are signed out.';
    return 'We can’t tell right now.';
  },
  '/profile': async ({ requireUser }) => claimsOf(await requireUser()),
  '/admin': async ({ requireGroup }) => claimsOf(await requireGroup('admin')),
  '/sensitive': async ({ requireRecentSignIn }) =>
    claimsOf(await requireRecentSignIn(300, '/sensitive')),
  '/forbidden': async ({ getPageContext }, query) => {
    const { reference } = await getPageContext();
    return `Access denied: group ${query.get('group')}. Reference: <code>${reference}</code>`;
  },
};

function claimsOf({ claims }: { claims: object }): string {
  return `Verified claims of your ID token: ${JSON.stringify(claims)}`;
}

/**
 * Renders a page as Next does: returns its text, or the status that it throws.
 *
 * @param cognito the site's instance of the module
 * @param request as the middleware passed it on
 * @param path of the page, after any rewrite
 */
export async function renderPage(
  cognito: Cognito,
  { nextUrl: { searchParams } }: NextRequest,
  path: string,
): Promise<Response> {
  const page = PAGES[path];
  const headers = { 'content-type': 'text/html; charset=utf-8' };
  if (!page) return new Response('There is no such page.', { status: 404, headers });
  try {
    return new Response(await page(cognito, searchParams), { headers });
  } catch (error) {
    return thrown(error);
  }
}

/** `redirect`, `forbidden` and `unauthorized` throw errors with a `digest`, which Next reads. */
function thrown(error: unknown): Response {
  const digest = typeof error === 'object' && error !== null ? Reflect.get(error, 'digest') : '';
  const [kind, first = '', location = '', status = ''] = `${digest}`.split(';');
  if (kind === 'NEXT_HTTP_ERROR_FALLBACK') return new Response(null, { status: Number(first) });
  if (kind === 'NEXT_REDIRECT') {
    return new Response(null, { status: Number(status), headers: { location } });
  }
  console.error(error);
  return new Response('Internal Server Error', { status: 500 });
}
