import type { NextRequest } from 'next/server';
import { getSite } from '@/lib/cognito/get-site';
import { pageContextOf } from '@/lib/cognito/page-context';
import { refusedPage } from '@/lib/cognito/responses';

/**
 * The error pages of the middleware, which shows them in place of a requested page. It says in a request header which
 * one, and accepts that header from no client, so this address by itself is a 404.
 */
export function GET(request: NextRequest): Response {
  const site = getSite();
  const said = request.headers.get('x-refusal') ?? '';
  const origin = site.ok ? site.config.origin : undefined;
  const page = refusedPage(said, pageContextOf(request), origin);
  if (page) return page;
  return new Response(null, { status: 404, headers: { 'Cache-Control': 'private, no-store' } });
}

// An error page has one status and one text, whatever the request was for.
export { GET as DELETE, GET as OPTIONS, GET as PATCH, GET as POST, GET as PUT };
