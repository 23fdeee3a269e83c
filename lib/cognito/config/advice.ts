/**
 * For each variable: what a valid value looks like, and where to find it in the AWS console. Shown
 * in the log when a server starts, by the doctor, and on the set-up page. Problems don't contain it,
 * which keeps it out of the middleware bundle.
 */
export const ADVICE = {
  COGNITO_REGION:
    'The AWS region of the user pool, like "us-west-2": the part of the user pool ID before "_".',
  COGNITO_USER_POOL_ID:
    'Like "us-west-2_AbCdEfGhI". Console: Amazon Cognito > User pools > your pool > Overview > User pool ID.',
  COGNITO_DOMAIN:
    'A prefix ("my-app"), a custom host name ("auth.example.com") or an origin ("https://auth.example.com"). Console: your pool > Branding > Domain.',
  COGNITO_CLIENT_ID:
    'Like "1example23456789abcdefghij". Console: your pool > Applications > App clients > your client > Client ID.',
  COGNITO_CLIENT_SECRET:
    'Only if the app client has one. Console: App clients > your client > Show client secret.',
  COGNITO_REDIRECT_URI:
    'Like "https://example.com/login": your site\'s origin and /login (http only on localhost). Console: App clients > your client > Login pages > Allowed callback URLs must list this exact URL.',
  COGNITO_LOGOUT_URI:
    'Like "https://example.com/". Console: App clients > your client > Login pages > Allowed sign-out URLs must list this exact URL.',
  COGNITO_SCOPES:
    'Scopes separated by spaces, including "openid". Console: App clients > your client > Login pages > OpenID Connect scopes.',
  COGNITO_ISSUER:
    'Only if your pool\'s issuer differs from the default, "https://cognito-idp.<region>.amazonaws.com/<user pool ID>".',
  SESSION_SECRET:
    'At least 32 random characters. Make one with: openssl rand -base64 32. To rotate it: npm run secret:rotate.',
  SESSION_LIFETIME:
    "How long a session can last after sign-in: 45m, 12h, 30d. The default is 30d, Cognito's default for refresh tokens.",
  SESSION_IDLE:
    'How long a session can last without a request: 45m, 12h, 30d. By default, there is no limit.',
  PREVIEW_RELAY_SECRET:
    'Only for previews: at least 32 random characters, the same in production and in previews, but not SESSION_SECRET. Make one with: openssl rand -base64 32.',
  PREVIEW_RELAY_HOSTS:
    'In production: the hosts of your previews, like "my-app-git-*-my-team.vercel.app" or "*.preview.example.com".',
  PREVIEW_ORIGIN:
    'In a preview: its own origin, like "https://my-app-git-new-my-team.vercel.app". On Vercel, the default is the branch URL.',
} as const;

export type Variable = keyof typeof ADVICE;
