import { themeOf } from '../../theme';
import { LOGIN } from '../access/routes';
import { FOREIGN, logEvent } from '../logging';
import type { PageContext } from '../page-context';
import { safeReturnTo } from '../session/return-to';
import { RETRY_AFTER } from './answers';
import { type PlainPage, plainPage } from './plain-page';

/**
 * The error page that the middleware asks for with `refusal`.
 *
 * @param said its header; written by a client if the request bypassed the middleware
 * @param given the context of the request, without the cookies that `said` stands for
 * @param origin the site's public origin; undefined if the site isn't configured
 * @returns undefined if it asks for none
 */
export function refusedPage(said: string, given: PageContext, origin = ''): Response | undefined {
  const fields = new URLSearchParams(said);
  const asText = fields.get('asText') === 'true';
  const context = { ...given, theme: themeOf(fields.get('theme')), asText };
  const page = fields.get('page');
  if (page === null) return undefined;
  if (page === 'cookies') return tooManyCookies(context);
  if (page === 'foreign') return foreignFormPage(context);
  if (page === 'too_large') {
    const action = { label: 'Sign in again', href: LOGIN };
    return plainPage(context, { ...TOO_MUCH_DATA, action, leadsToDoctor: true });
  }
  return plainPage(context, {
    ...(page === 'clock_wrong' ? CLOCK : JUST_A_MOMENT),
    action: { label: 'Try again', href: safeReturnTo(fields.get('retry'), origin) },
    retryAfter: Number(fields.get('after')) || RETRY_AFTER,
  });
}

/** 431 as a page (RFC 6585, section 5). Normal use of the site never leads to so many cookies. */
function tooManyCookies(context: PageContext): Response {
  logEvent({ type: 'denied', status: 431, why: 'too many cookies' }, context.reference);
  return plainPage(context, {
    status: 431,
    title: 'Too many cookies',
    paragraphs: [
      'Your browser sent more cookies for this site than it can read.',
      'Delete the cookies for this site, then open the page again.',
    ],
    action: { label: 'Go to the home page', href: '/' },
  });
}

/** 503: the session can't be checked right now. The visitor keeps it. */
const JUST_A_MOMENT = {
  status: 503,
  title: 'Sign-in service unavailable',
  paragraphs: [
    'The sign-in service is not responding, so this page cannot check who you are.',
    'You have not been signed out. Please try again in a few seconds.',
  ],
} satisfies PlainPage;

/** 503: this server's clock differs too much from Cognito's. */
export const CLOCK = {
  status: 503,
  title: 'This site’s clock is wrong',
  paragraphs: [
    'It is more than five minutes off, so signing in is not safe right now.',
    'Nothing is wrong with your account. The site operator can find the difference in the log.',
  ],
} satisfies PlainPage;

/** 431: the tokens don't fit in the cookies. */
export const TOO_MUCH_DATA = {
  status: 431,
  title: 'Your account has too much data',
  paragraphs: [
    'The tokens for your account do not fit in the cookies that keep you signed in. You may be in too many groups or have very long attributes.',
    'Please ask the site operator to reduce them.',
  ],
} satisfies PlainPage;

/** 403 as a page: another site sent the form. */
export function foreignFormPage(context: PageContext): Response {
  logEvent({ type: 'denied', status: 403, why: FOREIGN }, context.reference);
  return plainPage(context, {
    status: 403,
    title: 'This request came from another site',
    paragraphs: [
      'For your security, this only works from a page of this site. Nothing was changed.',
      'Open the page again and use its button.',
    ],
    action: { label: 'Go to the home page', href: '/' },
  });
}
