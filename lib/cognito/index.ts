/**
 * The door: what pages and route handlers import from `@/lib/cognito`. The middleware has a door of its own,
 * `guard.ts`, because its bundle would carry everything that stands here. The routes of the sign-in itself
 * (`app/login`, `app/logout`, `app/refresh`), and `app/theme`, name the modules that do each step.
 */

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
export { getSite } from './get-site';
export { logEvent } from './logging';
export type { User } from './protocol/claims';
export { isSameOrigin } from './same-origin';
