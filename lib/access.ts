import type { AccessList } from './cognito/access/access-rules';

/**
 * Who can open which page. Every page requires sign-in unless you list it under `publicPages`: by its path, or by
 * Next's own pattern, such as `/blog/[slug]`, `/docs/[...path]` or `/docs/[[...path]]`.
 *
 * The middleware applies this list before any page runs. Also call `requireUser`, `requireGroup` or
 * `requireRecentSignIn` in each private page: the page must not rely on the middleware alone. `npm test` compares the
 * list with your pages, and names every private page that a pattern would expose.
 */
export const access = {
  /** Pages and routes that anyone can open, signed in or not, with their images (`opengraph-image`, `icon`). */
  publicPages: [
    '/',
    '/flow', // demo
    '/source', // demo
    '/theme', // the theme switch posts to it
    '/account/save', // checks the user itself, as the next one
    '/notes/save', // checks the user itself, and keeps what the user typed if the session has ended
  ],

  /**
   * Pages that `npm run build` renders once, the same for everyone, and that a CDN may keep: by path or pattern, as
   * above. Each exports `dynamic = 'force-static'` and doesn't ask who the visitor is. The build checks them.
   */
  staticPages: ['/privacy'],

  /**
   * Public files: those in `public/`, and those that Next generates (manifest, robots, sitemap). By path, or a
   * folder with all files in it that have an extension, such as `/images/[...path]`.
   */
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
   * Pages and API routes for members of a user pool group: path or pattern, then group. An entry also covers everything
   * below its path, and makes it private. Call `requireGroup` in the page as well. With an entry here, the 403 page also
   * works without JavaScript and below a `loading.tsx`; Next's `forbidden()` alone doesn't.
   */
  groupPages: {
    '/admin': 'admin',
  },

  /**
   * Pages and API routes that require a recent sign-in: path or pattern, then the maximum age of the sign-in in seconds.
   * Call `requireRecentSignIn` in the page as well. An entry here saves the visitor one redirect.
   */
  recentSignInPages: { '/sensitive': 300 },
} satisfies AccessList;
