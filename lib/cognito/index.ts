/**
 * The public API of `@/lib/cognito` for pages and route handlers. The middleware imports `guard.ts`
 * instead, because its bundle would include everything that is exported here. The sign-in routes
 * (`app/login`, `app/logout`, `app/refresh`), `app/theme`, `app/not-configured` and `app/refused` import the modules
 * that they need directly.
 */

export { isPublicPage } from './access/access-rules';
export { HANDLERS } from './access/routes';
export type { AccountFailure, AccountProblem, PasswordRule } from './account/operation';
export {
  authenticate,
  type Caller,
  getAccessToken,
  getPageContext,
  getUser,
  getVisitor,
  requireGroup,
  requireRecentSignIn,
  requireUser,
  type TokenLifetime,
  type Visitor,
} from './current-user';
export { getSite } from './get-site';
export { accountCaller, type OpenAccount, openAccount } from './handlers/open-account';
export { type ApiUser, type SignedInAction, signedInAction, withUser } from './handlers/signed-in';
export { logEvent } from './logging';
export type { User } from './protocol/claims';
export { isSameOrigin } from './request-kind';
export { readForm, readUpload } from './requests/read-form';
export type { Requirements } from './responses/requirements';
