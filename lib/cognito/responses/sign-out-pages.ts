import type { PageContext } from '../page-context';
import { RETRY_AFTER } from './answers';
import { plainPage } from './plain-page';

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
