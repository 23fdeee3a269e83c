import type { NextRequest } from 'next/server';
import { acceptFormPost } from '@/lib/cognito/form-post';
import { redirectTo } from '@/lib/cognito/responses';
import { refererPath } from '@/lib/cognito/session/return-to';

/**
 * "Refresh now": redirects back to the page. The middleware has already refreshed the session: all refreshes
 * happen there, so that each session is refreshed only once at a time.
 */
export async function POST(request: NextRequest): Promise<Response> {
  const post = await acceptFormPost(request);
  if (!post.ok) return post.response;
  const { origin } = post.site.config;
  return redirectTo(`${origin}${refererPath(request.headers.get('referer'), origin)}`, 303);
}
