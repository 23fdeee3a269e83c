import type { AccessList } from './cognito/access/access-rules';

/**
 * Who may see what. Every page is private until you list it here, by its exact path. The middleware reads this
 * list; `requireUser`, `requireGroup` and `requireRecentSignIn` in the page itself are the lock.
 */
export const access = {
  /** Pages and routes for everybody, signed in or not. */
  publicPages: [
    '/',
    '/flow', // demo
    '/source', // demo
    '/theme',
  ],

  /** Files in `public/`, and those that Next makes (icons, manifest, robots, sitemap). */
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
   * Pages for members of a group, with everything below them. The page calls `requireGroup` too. An entry here
   * makes the 403 page plain HTML, which Next's `forbidden()` alone renders only with JavaScript.
   */
  groupPages: { '/admin': 'admin' },

  /**
   * Pages that need a recent sign-in, and how long ago it may be, in seconds. The page calls
   * `requireRecentSignIn` too; an entry here saves a redirect.
   */
  recentSignInPages: { '/sensitive': 300 },
} satisfies AccessList;
