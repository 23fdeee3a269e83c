import type { NextRequest } from 'next/server';
import {
  foreignFormPage,
  getSite,
  isSameOrigin,
  pageContextOf,
  redirectTo,
  refererPath,
  setUpPage,
} from '@/lib/cognito';

/**
 * "Refresh now": back to the page. The middleware has refreshed already, because all refreshes
 * happen in one place: only there can one session be refreshed once at a time.
 */
export function POST(request: NextRequest): Response {
  const site = getSite();
  const look = pageContextOf(request);
  if (!site.ok) return setUpPage(site, look);
  const { origin } = site.client.config;
  if (!isSameOrigin(request.headers, origin)) return foreignFormPage(look);
  return redirectTo(`${origin}${refererPath(request.headers.get('referer'), origin)}`, 303);
}
