import { NextResponse } from 'next/server';
import type { Jar } from '../session/cookies';

/**
 * Adds a jar's writes to the response. It must be a `NextResponse`: only then does the page that Next renders for
 * the same request see the new cookies.
 *
 * @param response any response
 * @param jar its writes become `Set-Cookie` headers
 */
export function withCookies(response: Response, jar: Jar): NextResponse {
  const { body, status, headers } = response;
  const answer =
    response instanceof NextResponse ? response : new NextResponse(body, { status, headers });
  for (const cookie of jar.written) answer.cookies.set(cookie);
  return answer;
}
