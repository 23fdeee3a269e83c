import { NextRequest } from 'next/server';
import { REFUSED } from '../access/routes';
import type { CognitoErrorCode } from '../protocol/errors';
import { type RequestContext, rewriteTo } from '../request-context';

/** All that the route gets of the request. Without its cookies, nothing private can be at that address. */
const FORWARDED = ['host', 'accept-encoding'];

/**
 * Shows an error page that `app/refused` renders, which keeps its texts out of the middleware bundle.
 *
 * @param context the request
 * @param page which page of `refusedPage`; for the code of an outage, the page for outages
 * @param status of the page
 * @param retry the path that a button to try again opens
 * @param retryAfter when to try again, in seconds, if the user pool said so
 */
export function refusal(
  context: RequestContext,
  page: 'cookies' | 'foreign' | 'too_large' | CognitoErrorCode,
  status: number,
  retry = '',
  retryAfter = 0,
): Response {
  const { request } = context;
  const { theme, asText } = context.page;
  const headers = FORWARDED.map((name): [string, string] => [
    name,
    request.headers.get(name) ?? '',
  ]);
  const said = { page, retry, after: `${retryAfter}`, theme: `${theme}`, asText: `${asText}` };
  const named = { ...context.page, refusal: `${new URLSearchParams(said)}` };
  const bare = new NextRequest(request.url, { headers });
  return rewriteTo({ ...context, request: bare, page: named }, REFUSED, status);
}
