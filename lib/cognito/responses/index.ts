/** What goes out instead of a page: the one import of this folder for `lib/cognito` and its routes. */
export * from './answers';
export { foreignFormPage, tooManyCookies, unavailablePage } from './error-pages';
export { plainPage } from './plain-page';
export { setUpPage } from './set-up-page';
export { signInErrorPage } from './sign-in-error-page';
