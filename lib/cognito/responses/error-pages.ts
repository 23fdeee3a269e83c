import { FOREIGN, logEvent } from '../logging';
import type { PageContext } from '../page-context';
import type { CognitoError } from '../protocol/errors';
import { RETRY_AFTER } from './answers';
import { type PlainPage, plainPage } from './plain-page';

/** 431 as a page (RFC 6585, section 5). Normal use of the site never leads to so many cookies. */
export function tooManyCookies(context: PageContext): Response {
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

/**
 * 503 as a page: the session can't be checked right now. The visitor keeps it.
 *
 * @param error why; already logged
 * @param context of this request
 * @param retry the path that the button opens; for a form, the path of the page it was on
 */
export function unavailablePage(
  error: CognitoError,
  context: PageContext,
  retry: string,
): Response {
  const clock = error.code === 'clock_wrong';
  return plainPage(context, {
    ...(clock ? CLOCK : JUST_A_MOMENT),
    action: { label: 'Try again', href: retry },
    retryAfter: error.retryAfter ?? RETRY_AFTER,
  });
}

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

/**
 * 431 as a page: a refreshed session doesn't fit in the cookies. The same as the error page of a
 * sign-in, which isn't in the middleware bundle.
 *
 * @param context of this request
 * @param again the path that the button opens
 */
export function sessionTooLargePage(context: PageContext, again: string): Response {
  const action = { label: 'Sign in again', href: again };
  return plainPage(context, { ...TOO_MUCH_DATA, action, leadsToDoctor: true });
}

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
