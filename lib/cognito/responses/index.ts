/** Responses that replace a page. `lib/cognito` and the route handlers import them from here. */
export * from './answers';
export * from './error-pages';
export { newNonce, securityHeaders } from './security-headers';
export { setUpPage } from './set-up-page';
export { signInErrorPage, signOutPage, stillSignedInPage } from './sign-in-pages';
