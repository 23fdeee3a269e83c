/** What the site is called, wherever somebody sees it; `npm run init` writes both lines. */
export const NAME = 'Cognito starter';
export const DESCRIPTION =
  "A Next.js starter that signs people in with Amazon Cognito's hosted UI.";
