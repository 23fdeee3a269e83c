import { NextResponse } from 'next/server';
import type { Jar } from '../session/cookies';

/**
 * Puts a jar's writes on the answer that goes out, through Next's own kind of response: only then does the render
 * of the same request see the cookies.
 *
 * @param response any answer
 * @param jar its writes become `Set-Cookie` headers
 */
export function withCookies(response: Response, jar: Jar): NextResponse {
  const { body, status, headers } = response;
  const answer =
    response instanceof NextResponse ? response : new NextResponse(body, { status, headers });
  for (const cookie of jar.written) answer.cookies.set(cookie);
  return answer;
}
