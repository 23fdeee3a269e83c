import { getCookieCache } from 'better-auth/cookies';
import { type NextRequest, NextResponse } from 'next/server';

/** Opens the session cookie. Its guide also shows a check for the cookie's name alone, which proves nothing. */
export async function middleware(request: NextRequest) {
  const session = await getCookieCache(request, { strategy: 'jwe', isSecure: false });
  if (!session && request.nextUrl.pathname === '/me') {
    return NextResponse.redirect(new URL('/sign-in', request.url));
  }
  return NextResponse.next();
}

export const config = { matcher: ['/((?!api|_next/static|_next/image|favicon.ico).*)'] };
