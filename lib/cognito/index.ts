/**
 * The door: everything that pages and routes import. Nobody else imports behind it; the middleware has
 * a door of its own, `guard.ts`, because its bundle would carry everything that stands here.
 */

// The site and its operator
export { isPublicPage, knownGroup } from './access';
// Answers and cookies
export {
  foreignFormPage,
  redirectTo,
  setUpPage,
  unauthorized,
} from './answers';
export {
  developmentSettings,
  type Environment,
  environment,
  environmentReport,
} from './environment';
// What the operator learns
export type { AuthEvent } from './events';
export { failureOf } from './failure';
export { kindOf } from './gate';
export { type Look, lookOf } from './look';
// What the visitor wants to look at
export { getReference, getTheme } from './page-look';
export { plainPage } from './plain-page';
export type { User } from './protocol/claims';
export { type CognitoConfig, parseConfig } from './protocol/config';
export { CognitoError, isTransient } from './protocol/errors';
export { authorizeUrl, HINTS, type Hints, logoutUrl } from './protocol/hosted-ui';
export type { PreviewRole } from './protocol/preview';
export { isRelayState, relayAddress, relayState } from './protocol/relay';
export { isCallback, readCallback, startSignIn } from './protocol/sign-in';
// A sign-out
export { revokeToken, signOutEverywhere } from './protocol/tokens';
export { type VerifiedTokens, verifyAccessToken, verifyIdToken } from './protocol/verify';
export { withCookies } from './respond';
export { isSameOrigin } from './same-origin';
export { forgetAttempt, forgetAttempts, recallAttempt, rememberAttempt } from './session/attempts';
export { openJar } from './session/cookies';
export { forgetCookie } from './session/memory';
export { refreshDueAt } from './session/refresh';
export { refererPath, safeReturnTo } from './session/return-to';
export {
  clearSession,
  isSessionCookie,
  plainForm,
  readSession,
  type Session,
  subjectOf,
  tokenTime,
  writeSession,
} from './session/session';
export { markSignedIn, markSignedOut } from './session/signed-out';
export { verifySession } from './session/state';
// A sign-in: start, callback, session
export { signInErrorPage } from './sign-in-error-page';
export { tell } from './tell';
export { rememberTheme, type Theme } from './theme';
export type { TokenLife, Visitor } from './user';
// Who is it? For server components, and for route handlers
export {
  authenticate,
  getAccessToken,
  getLiveSession, // demo
  getUser,
  getVisitor,
  requireGroup,
  requireRecentSignIn,
  requireUser,
} from './user';
