import type { NextRequest } from 'next/server';

/** What pages and route handlers import: one instance of it, as it was loaded for one site. */
export type Cognito = typeof import('@/lib/cognito');

/**
 * Stand-ins for the pages of `app`: each asks what a page of its kind asks, and says what came of it.
 * What a page looks like is for the built site to show; a cloner may change every word of theirs.
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
 * Answers for a page as Next does: with what it says, or with the status that it throws.
 *
 * @param cognito the site's
 * @param request as the middleware has passed it on
 * @param path of the page, which a rewrite may have changed
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

/** `redirect`, `forbidden` and `unauthorized` throw; Next reads the `digest`. */
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
