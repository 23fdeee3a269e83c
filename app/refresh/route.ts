import type { NextRequest } from 'next/server';
import {
  environment,
  foreignFormPage,
  isSameOrigin,
  redirectTo,
  refererPath,
  setUpPage,
} from '@/lib/cognito';

/**
 * "Refresh now": back to the page. The middleware has refreshed already, because all refreshes
 * happen in one place: only there can one session be refreshed once at a time.
 */
export function POST(request: NextRequest): Response {
  const site = environment();
  const nonce = request.headers.get('x-nonce');
  if (!site.ok) return setUpPage(site, nonce);
  const { origin } = site.client.config;
  if (!isSameOrigin(request.headers, origin)) return foreignFormPage(nonce);
  return redirectTo(`${origin}${refererPath(request.headers.get('referer'), origin)}`, 303);
}
