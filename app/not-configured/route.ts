import type { NextRequest } from 'next/server';
import { getSite } from '@/lib/cognito/get-site';
import { pageContextOf } from '@/lib/cognito/page-context';
import { requestKind } from '@/lib/cognito/request-kind';
import { setUpPage } from '@/lib/cognito/responses';

/**
 * The set-up page. While the configuration is invalid, the middleware shows it in place of every document, and sends
 * its text to the client of a Server Action. A configured site has no such page.
 */
export function GET(request: NextRequest): Response {
  const site = getSite();
  if (site.ok) {
    return new Response(null, { status: 404, headers: { 'Cache-Control': 'private, no-store' } });
  }
  const { method, headers } = request;
  const kind = requestKind({ method, headers, path: request.nextUrl.pathname });
  return setUpPage(site, { ...pageContextOf(request), asText: kind === 'action' });
}

export const POST = GET;
