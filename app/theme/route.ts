import type { NextRequest } from 'next/server';
import { acceptFormPost } from '@/lib/cognito/form-post';
import { redirectTo, withCookies } from '@/lib/cognito/responses';
import { cookieName, openJar } from '@/lib/cognito/session/cookies';
import { refererPath } from '@/lib/cognito/session/return-to';
import { THEME_COOKIE, THEME_LIFETIME, themeOf } from '@/lib/theme';

/** Stores the visitor's choice of light or dark theme, and redirects back to the page. */
export async function POST(request: NextRequest): Promise<Response> {
  const post = await acceptFormPost(request);
  if (!post.ok) return post.response;
  const { config } = post.site;
  const theme = themeOf(post.form.get('theme'));
  const jar = openJar(request.cookies);
  const maxAge = theme === undefined ? 0 : THEME_LIFETIME;
  jar.write(cookieName(config, THEME_COOKIE), theme ?? '', { maxAge });
  const page = refererPath(request.headers.get('referer'), config.origin);
  return withCookies(redirectTo(`${config.origin}${page}`, 303), jar);
}
