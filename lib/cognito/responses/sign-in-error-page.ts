import { isDevelopment } from '../environment';
import { settingToCheck } from '../logging';
import type { PageContext } from '../page-context';
import { CALLBACK_ERRORS, CognitoError } from '../protocol/errors';
import { RETRY_AFTER } from './answers';
import { CLOCK } from './error-pages';
import { type PlainPage, plainPage } from './plain-page';

/**
 * The page for a sign-in that did not work out: what happened, and one button that starts again. In
 * development it also says which setting to look at.
 *
 * @param error from the callback; it stands in the log already
 * @param context of this request
 * @param again where the button leads
 */
export function signInErrorPage(error: unknown, context: PageContext, again: string): Response {
  const code = error instanceof CognitoError ? error.code : 'unavailable';
  const said = (error instanceof CognitoError && error.detail) || '';
  const page = said.startsWith('user_cancelled_') ? CANCELLED : (SIGN_IN_ERRORS[code] ?? REFUSED);
  const more: string[] = [];
  if (CALLBACK_ERRORS.has(said) && code !== 'client_rejected') {
    more.push(`The sign-in service said: ${said}.`);
  }
  const setting = isDevelopment ? settingToCheck(error) : undefined;
  if (setting) more.push(`Shown in development only: ${said}. ${setting}`);
  const paragraphs = [...page.paragraphs, ...more];
  const action = { label: 'Sign in again', href: again };
  const doctor = isDevelopment ? { leadsToDoctor: true } : {};
  return plainPage({ action, ...page, paragraphs, ...doctor }, context);
}

const REFUSED = {
  status: 400,
  title: 'The sign-in could not be finished',
  paragraphs: [
    'The answer of the sign-in service was not the one that this site can take. You have not been signed in.',
    'Please start again. If it happens again, tell the operator of this site the reference below.',
  ],
} satisfies PlainPage;

const STALE = {
  status: 400,
  title: 'This sign-in is no longer valid',
  paragraphs: [
    'It was used already, took longer than an hour, or was started in another browser.',
    'Please start again. You may not even need your password.',
  ],
} satisfies PlainPage;

const UNREACHABLE = {
  status: 503,
  title: 'The sign-in service does not answer',
  paragraphs: ['Nothing is wrong with your account. Please try again in a few seconds.'],
  retryAfter: RETRY_AFTER,
} satisfies PlainPage;

const CANCELLED = {
  status: 400,
  title: 'You cancelled the sign-in',
  paragraphs: ['Nothing was changed. You can start again at any time.'],
} satisfies PlainPage;

const SIGN_IN_ERRORS: Partial<Record<CognitoError['code'], PlainPage>> = {
  attempt_unknown: STALE,
  attempt_replayed: STALE,
  invalid_grant: STALE,
  relay_refused: STALE,
  sign_in_declined: {
    status: 400,
    title: 'You did not sign in',
    // Cognito has one code for both: RFC 6749, section 4.1.2.1.
    paragraphs: [
      'Either you cancelled, or your account is not allowed to sign in here.',
      'You can start again at any time. If you did not cancel, ask the operator of this site to let you in.',
    ],
  },
  client_rejected: {
    ...UNREACHABLE,
    title: 'Signing in does not work right now',
    paragraphs: [
      'The site is not set up correctly. Its operator finds the reason in the log.',
      'Nothing is wrong with your account. Please come back later.',
    ],
  },
  clock_wrong: { ...CLOCK, retryAfter: RETRY_AFTER },
  sign_in_too_old: {
    status: 403,
    title: 'You were not asked to sign in again',
    paragraphs: [
      'That page is only for somebody who has just signed in, and the sign-in service let you in without asking.',
      'Sign out, and open the page again: then it will ask.',
    ],
    action: { label: 'Sign out', href: '/logout', method: 'post' },
  },
  unavailable: UNREACHABLE,
  keys_unavailable: UNREACHABLE,
  session_too_large: {
    status: 431,
    title: 'Your account has too much in it',
    paragraphs: [
      'The tokens for your account are too large for the cookies that keep you signed in: you may be in very many groups, or have very long attributes.',
      'Please ask the operator of this site to make them smaller.',
    ],
  },
};
