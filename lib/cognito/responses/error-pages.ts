import { FOREIGN, logEvent } from '../logging';
import type { PageContext } from '../page-context';
import type { CognitoError } from '../protocol/errors';
import { RETRY_AFTER } from './answers';
import { type PlainPage, plainPage } from './plain-page';

/** 431 as a page (RFC 6585, section 5): no browser that is only used sends so many. */
export function tooManyCookies(context: PageContext): Response {
  logEvent({ type: 'denied', status: 431, why: 'too many cookies' }, context.reference);
  return plainPage(
    {
      status: 431,
      title: 'Too many cookies',
      paragraphs: [
        'Your browser has kept more cookies for this site than the site can read.',
        'Delete the cookies of this site in your browser, and open the page again.',
      ],
      action: { label: 'Go to the front page', href: '/' },
    },
    context,
  );
}

/**
 * 503 as a page: signed in as before, but this cannot be determined right now.
 *
 * @param error why; it stands in the log already
 * @param context of this request
 * @param retry the path to try again; for a form, that of the page it was on
 */
export function unavailablePage(
  error: CognitoError,
  context: PageContext,
  retry: string,
): Response {
  const clock = error.code === 'clock_wrong';
  return plainPage(
    {
      ...(clock ? CLOCK : JUST_A_MOMENT),
      action: { label: 'Try again', href: retry },
      retryAfter: error.retryAfter ?? RETRY_AFTER,
    },
    context,
  );
}

const JUST_A_MOMENT = {
  status: 503,
  title: 'Just a moment',
  paragraphs: [
    'The sign-in service does not answer right now, so this page cannot tell who you are.',
    'You have not been signed out. Please try again in a few seconds.',
  ],
} satisfies PlainPage;

/** 503: beyond what a clock may be off. */
export const CLOCK = {
  status: 503,
  title: 'The clock of this site is wrong',
  paragraphs: [
    'It differs by more than five minutes from that of the sign-in service, so nobody can be signed in safely.',
    'Nothing is wrong with your account. The operator of this site finds the difference in the log.',
  ],
} satisfies PlainPage;

/** 403 as a page: a form that another site sent. */
export function foreignFormPage(context: PageContext): Response {
  logEvent({ type: 'denied', status: 403, why: FOREIGN }, context.reference);
  return plainPage(
    {
      status: 403,
      title: 'This request came from somewhere else',
      paragraphs: [
        'For your safety, this only works from a page of this site. Nothing was changed.',
        'Open the page again and use its button.',
      ],
      action: { label: 'Go to the front page', href: '/' },
    },
    context,
  );
}
