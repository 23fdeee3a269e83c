import type { AccessList } from './cognito/access/access-rules';

/**
 * Who may see what. Every page is private until you list it here, by its path or by Next's own pattern:
 * `/blog/[slug]`, `/docs/[...path]`, `/docs/[[...path]]`. The middleware reads this list; `requireUser`,
 * `requireGroup` and `requireRecentSignIn` in the page itself are the lock. `npm test` compares the list
 * with your pages, and names every private one that a pattern would expose.
 */
export const access = {
  /** Pages and routes for everybody, signed in or not. Their `opengraph-image`, `icon` and so on come along. */
  publicPages: [
    '/',
    '/flow', // demo
    '/source', // demo
    '/theme',
  ],

  /** Files in `public/`, and those that Next makes (manifest, robots, sitemap), by their exact path. */
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
   * Pages and API routes for members of a group, with everything below them; never public. The page calls
   * `requireGroup` too. An entry here makes the 403 page plain HTML, which Next's `forbidden()` alone renders only
   * with JavaScript, and with status 200 below a `loading.tsx`.
   */
  groupPages: { '/admin': 'admin' },

  /**
   * Pages and API routes that need a recent sign-in, and how long ago it may be, in seconds. The page calls
   * `requireRecentSignIn` too; an entry here saves a redirect.
   */
  recentSignInPages: { '/sensitive': 300 },
} satisfies AccessList;
