import type { NextRequest } from 'next/server';
import {
  foreignFormPage,
  getSite,
  isSameOrigin,
  openJar,
  pageContextOf,
  redirectTo,
  refererPath,
  rememberTheme,
  setUpPage,
  withCookies,
} from '@/lib/cognito';

/** Remembers whether this browser wants light or dark pages, and goes back to the page. */
export async function POST(request: NextRequest): Promise<Response> {
  const site = getSite();
  const look = pageContextOf(request);
  if (!site.ok) return setUpPage(site, look);
  const { config } = site.client;
  if (!isSameOrigin(request.headers, config.origin)) return foreignFormPage(look);
  const fields = await request.formData().catch(() => undefined);
  const jar = openJar(request.cookies);
  rememberTheme(config, jar, fields?.get('theme'));
  const page = refererPath(request.headers.get('referer'), config.origin);
  return withCookies(redirectTo(`${config.origin}${page}`, 303), jar);
}
