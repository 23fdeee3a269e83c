import { isDevelopment } from '../config/environment';
import { settingToCheck } from '../logging';
import type { PageContext } from '../page-context';
import { CALLBACK_ERRORS, CognitoError } from '../protocol/errors';
import { RETRY_AFTER } from './answers';
import { CLOCK, TOO_MUCH_DATA } from './error-pages';
import { type PlainPage, plainPage } from './plain-page';

/**
 * The page for a failed sign-in: what happened, and a button to start again. In development it also
 * names the setting to check.
 *
 * @param error from the callback; already logged
 * @param context of this request
 * @param again the path that the button opens
 */
export function signInErrorPage(error: unknown, context: PageContext, again: string): Response {
  const code = error instanceof CognitoError ? error.code : 'unavailable';
  const said = (error instanceof CognitoError && error.detail) || '';
  const page = said.startsWith('user_cancelled_') ? CANCELLED : (SIGN_IN_ERRORS[code] ?? REFUSED);
  const more: string[] = [];
  if (CALLBACK_ERRORS.has(said) && code !== 'client_rejected') {
    more.push(`The sign-in service returned: ${said}.`);
  }
  const setting = isDevelopment ? settingToCheck(error) : undefined;
  if (setting) more.push(`Shown in development only: ${said}. ${setting}`);
  const paragraphs = [...page.paragraphs, ...more];
  const action = { label: 'Sign in again', href: again };
  const doctor = isDevelopment ? { leadsToDoctor: true } : {};
  return plainPage(context, { action, ...page, paragraphs, ...doctor });
}

const REFUSED = {
  status: 400,
  title: 'We could not sign you in',
  paragraphs: [
    'The sign-in service sent an unexpected response. You have not been signed in.',
    'Please start again. If it happens again, send the site operator the reference below.',
  ],
} satisfies PlainPage;

const STALE = {
  status: 400,
  title: 'This sign-in is no longer valid',
  paragraphs: [
    'It was already used, took longer than an hour, or was started in another browser.',
    'Please start again. You may not need your password.',
  ],
} satisfies PlainPage;

const UNREACHABLE = {
  status: 503,
  title: 'You can’t sign in right now',
  paragraphs: ['Nothing is wrong with your account. Please try again in a few seconds.'],
  retryAfter: RETRY_AFTER,
} satisfies PlainPage;

const CANCELLED = {
  status: 400,
  title: 'You canceled the sign-in',
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
    // Cognito uses one error code for both cases (RFC 6749, section 4.1.2.1).
    paragraphs: [
      'Either you cancelled, or your account is not allowed to sign in here.',
      'You can start again at any time. If you did not cancel, ask the site operator for access.',
    ],
  },
  client_rejected: {
    ...UNREACHABLE,
    title: 'Sign-in is not working right now',
    paragraphs: [
      'This site is not set up correctly. The site operator can find the reason in the log.',
      'Nothing is wrong with your account. Please come back later.',
    ],
  },
  clock_wrong: { ...CLOCK, retryAfter: RETRY_AFTER },
  sign_in_too_old: {
    status: 403,
    title: 'Recent sign-in required',
    paragraphs: [
      'That page needs a recent sign-in, but the sign-in service signed you in without asking for your password.',
      'Sign out, then open the page again. You will be asked to sign in.',
    ],
    action: { label: 'Sign out', href: '/logout', method: 'post' },
  },
  unavailable: UNREACHABLE,
  keys_unavailable: UNREACHABLE,
  session_too_large: TOO_MUCH_DATA,
};

/** The page for `GET /logout`: a button. Nothing changes until the visitor presses it. */
export function signOutPage(context: PageContext): Response {
  return plainPage(context, {
    status: 200,
    title: 'Sign out?',
    paragraphs: ['You can sign in again at any time.'],
    action: { label: 'Sign out', href: '/logout', method: 'post' },
  });
}

/** 503 as a page: Cognito did not confirm the sign-out on all devices, so nothing was changed. */
export function stillSignedInPage(context: PageContext): Response {
  return plainPage(context, {
    status: 503,
    title: 'You are still signed in',
    paragraphs: [
      'The sign-in service did not confirm that your other devices are signed out, so nothing was changed. Try again in a few seconds, or sign out on this device only.',
    ],
    action: { label: 'Sign out on this device', href: '/logout', method: 'post' },
    retryAfter: RETRY_AFTER,
  });
}
