/** Responses that replace a page. `lib/cognito` and the route handlers import them from here. */
export * from './answers';
export {
  foreignFormPage,
  sessionTooLargePage,
  tooManyCookies,
  unavailablePage,
} from './error-pages';
export { newNonce } from './nonce';
export { securityHeaders } from './security-headers';
export { setUpPage } from './set-up-page';
export { signInErrorPage } from './sign-in-error-page';
export { signOutPage, stillSignedInPage } from './sign-out-pages';
export { withCookies } from './with-cookies';
