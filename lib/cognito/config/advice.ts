/**
 * What a right value looks like, and where in the AWS console it is found. One text for each
 * variable, used by the start-up message and by the developer's set-up page.
 */
export const ADVICE = {
  COGNITO_REGION:
    'The AWS region of the user pool, like "us-west-2": the part of the user pool id before "_".',
  COGNITO_USER_POOL_ID:
    'Like "us-west-2_AbCdEfGhI". Console: Amazon Cognito > User pools > your pool > Overview > User pool ID.',
  COGNITO_DOMAIN:
    'A prefix ("my-app"), a custom host name ("auth.example.com") or an origin ("https://auth.example.com"). Console: your pool > Branding > Domain.',
  COGNITO_CLIENT_ID:
    'Like "1example23456789abcdefghij". Console: your pool > Applications > App clients > your client > Client ID.',
  COGNITO_CLIENT_SECRET:
    'Only for an app client that has one. Console: App clients > your client > Show client secret.',
  COGNITO_REDIRECT_URI:
    'Like "https://example.com/login": your site\'s origin and /login (http only on localhost). Console: App clients > your client > Login pages > Allowed callback URLs must list exactly the same text.',
  COGNITO_LOGOUT_URI:
    'Like "https://example.com/". Console: App clients > your client > Login pages > Allowed sign-out URLs must list exactly the same text.',
  COGNITO_SCOPES:
    'Scopes separated by spaces, "openid" among them. Console: App clients > your client > Login pages > OpenID Connect scopes.',
  COGNITO_ISSUER:
    'Leave it out unless the pool uses another issuer. Like "https://cognito-idp.us-west-2.amazonaws.com/us-west-2_AbCdEfGhI".',
  SESSION_SECRET:
    '32 characters or more that nobody can guess; make one with: openssl rand -base64 32. To rotate: npm run secret:rotate.',
  SESSION_LIFETIME:
    'How long a session lives at most, from the sign-in: 45m, 12h, 30d. The default is 30d, as long as a refresh token lives unless the app client says otherwise.',
  SESSION_IDLE:
    'How long a session lives without a single request: 45m, 12h, 30d. Without it there is no such limit.',
  PREVIEW_RELAY_SECRET:
    'Only for previews: 32 characters or more, the same on production and on previews, and not the session secret. Make one with: openssl rand -base64 32.',
  PREVIEW_RELAY_HOSTS:
    'On production: the hosts of your previews, like "my-app-git-*-my-team.vercel.app" or "*.preview.example.com".',
  PREVIEW_ORIGIN:
    'On a preview: its own origin, like "https://my-app-git-new-my-team.vercel.app". On Vercel the default is the address of the branch.',
} as const;

export type Variable = keyof typeof ADVICE;
