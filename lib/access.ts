import type { AccessList } from './cognito/access-rules';

/**
 * Who can open which page. Every page requires sign-in unless you list it under `publicPages`. Paths must match
 * exactly: no patterns, no prefixes.
 *
 * The middleware applies this list before any page runs. Also call `requireUser`, `requireGroup` or
 * `requireRecentSignIn` in each private page: the page must not rely on the middleware alone.
 */
export const access = {
  /** Pages and routes that anyone can open, signed in or not. */
  publicPages: [
    '/',
    '/flow', // demo
    '/source', // demo
    '/theme',
  ],

  /** Public files: those in `public/`, and those that Next generates (icons, manifest, robots, sitemap). */
  publicFiles: [
    '/icon.svg',
    '/icon-192.png',
    '/icon-512.png',
    '/apple-icon.png',
    '/favicon.ico',
    '/social.png',
    '/manifest.webmanifest',
    '/robots.txt',
    '/sitemap.xml',
  ],

  /**
   * Pages for members of a user pool group: path, then group. An entry also covers every page below its path.
   * Call `requireGroup` in the page as well. With an entry here, the 403 page also works without JavaScript;
   * Next's `forbidden()` alone needs JavaScript.
   */
  groupPages: { '/admin': 'admin' },

  /**
   * Pages that require a recent sign-in: path, then the maximum age of the sign-in in seconds. Call
   * `requireRecentSignIn` in the page as well. An entry here saves the visitor one redirect.
   */
  recentSignInPages: { '/sensitive': 300 },
} satisfies AccessList;
