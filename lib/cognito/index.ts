/**
 * The door: what pages and route handlers import from `@/lib/cognito`. The middleware has a door of its own,
 * `guard.ts`, because its bundle would carry everything that stands here. The routes of the sign-in itself
 * (`app/login`, `app/logout`, `app/refresh`) name the modules that do each step.
 */

// Pages: who is visiting?
// Route handlers: who is calling, and from where?
export {
  authenticate,
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
// The site and its operator
export { getSite } from './get-site';
export { logEvent } from './logging';
export type { User } from './protocol/claims';
export { isSameOrigin } from './same-origin';
