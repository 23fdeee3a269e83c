import type { PageContext } from '../page-context';
import { RETRY_AFTER } from './answers';
import { plainPage } from './plain-page';

/** The page of a `GET /logout`: a button, and nothing changes before it is pressed. */
export function signOutPage(context: PageContext): Response {
  return plainPage(
    {
      status: 200,
      title: 'Sign out?',
      paragraphs: ['You can sign in again at any time.'],
      action: { label: 'Sign out', href: '/logout', method: 'post' },
    },
    context,
  );
}

/** 503 as a page: signing out on all devices was not confirmed, so nothing was changed. */
export function stillSignedInPage(context: PageContext): Response {
  return plainPage(
    {
      status: 503,
      title: 'You are still signed in',
      paragraphs: [
        'The sign-in service did not confirm that your other devices are signed out, so nothing was changed. Try again in a few seconds, or sign out on this device only.',
      ],
      action: { label: 'Sign out on this device', href: '/logout', method: 'post' },
      retryAfter: RETRY_AFTER,
    },
    context,
  );
}
