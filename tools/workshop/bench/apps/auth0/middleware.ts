import { type NextRequest, NextResponse } from 'next/server';
import { auth0 } from './lib/auth0';

/** As in its README and its examples. */
export async function middleware(request: NextRequest) {
  const response = await auth0.middleware(request);
  if (request.nextUrl.pathname !== '/me') return response;
  const session = await auth0.getSession(request);
  if (!session) return NextResponse.redirect(new URL('/auth/login', request.nextUrl.origin));
  return response;
}

export const config = {
  matcher: ['/((?!_next/static|_next/image|favicon.ico|sitemap.xml|robots.txt).*)'],
};
