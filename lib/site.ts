/** The site's name, as shown in page titles, the header and the manifest. `npm run init` sets it. */
export const NAME = 'Cognito starter';

/** One sentence about the site, for search engines, link previews and the footer. `npm run init` sets it. */
export const DESCRIPTION =
  "A Next.js starter that signs people in with Amazon Cognito's hosted UI.";
