/** The site's name, as shown in page titles, the header and the manifest. `npm run init` sets it. */
export const NAME = 'Cognito starter';

/** One sentence about the site, for search engines, link previews and the footer. `npm run init` sets it. */
export const DESCRIPTION =
  "A Next.js starter that signs people in with Amazon Cognito's hosted UI.";

/** A page of the site. */
export interface Page {
  readonly path: string;
  readonly title: string;
  /** For search engines and link previews. The default is `DESCRIPTION`. */
  readonly description?: string;
  /** The text of its link in the navigation. Without it, there is no link. */
  readonly navigation?: string;
  /** Shows that link to members of this group only. It doesn't protect the page: see `lib/access.ts`. */
  readonly group?: string;
}

/**
 * The site's pages: their titles, the navigation and the sitemap. The sitemap has those that
 * `lib/access.ts` lists as public. Pages of a dynamic route set their own title, and are not listed.
 */
export const PAGES = [
  { path: '/', title: NAME },
  // demo
  {
    path: '/flow',
    title: 'The flow',
    description:
      'A sign-in with Amazon Cognito’s hosted UI, step by step, with the data of your own session.',
    navigation: 'Flow',
  },
  // /demo
  { path: '/source', title: 'The code' }, // demo
  { path: '/profile', title: 'Profile', navigation: 'Profile' },
  { path: '/notes', title: 'Notes', navigation: 'Notes' },
  { path: '/admin', title: 'Admin', navigation: 'Admin', group: 'admin' },
  { path: '/account', title: 'Your account' },
  { path: '/account/email', title: 'Change your email address' },
  { path: '/account/phone', title: 'Change your phone number' },
  { path: '/account/password', title: 'Change your password' },
  { path: '/account/two-factor', title: 'Two-factor authentication' },
  { path: '/account/passkeys', title: 'Passkeys' },
  { path: '/account/delete', title: 'Delete your account' },
  { path: '/sensitive', title: 'Sensitive' },
  { path: '/privacy', title: 'Privacy' },
] as const satisfies readonly Page[];
