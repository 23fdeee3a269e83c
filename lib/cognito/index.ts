/**
 * The door: everything that pages and routes import. Nobody else imports behind it; the middleware has
 * a door of its own, `guard.ts`, because its bundle would carry everything that stands here.
 */

export { rememberTheme, type Theme } from '../theme';
// The site and its operator
export { isPublicPage, knownGroup } from './access-rules';
export { type CognitoConfig, parseConfig } from './config/parse-config';
export type { TokenLife, Visitor } from './current-user';
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
} from './current-user';
export {
  developmentSettings,
  type Environment,
  environmentReport,
  getSite,
} from './get-site';
// What the operator learns
export type { AuthEvent } from './logging/events';
export { failureOf } from './logging/failure';
export { logEvent } from './logging/log-event';
export { type PageContext, pageContextOf } from './page-context';
// What the visitor wants to look at
export { getReference, getTheme } from './page-look';
export type { PreviewRole } from './previews/preview-hosts';
export { isRelayState, relayAddress, relayState } from './previews/relay';
export type { User } from './protocol/claims';
export { CognitoError, isTransient } from './protocol/errors';
export { authorizeUrl, HINTS, type Hints, logoutUrl } from './protocol/hosted-ui';
export { isCallback, readCallback, startSignIn } from './protocol/sign-in';
// A sign-out
export { revokeToken, signOutEverywhere } from './protocol/tokens';
export { type VerifiedTokens, verifyAccessToken, verifyIdToken } from './protocol/verify';
export { requestKind } from './request-kind';
export { withCookies } from './respond';
// Answers and cookies
export {
  foreignFormPage,
  redirectTo,
  setUpPage,
  unauthorized,
} from './responses/answers';
export { plainPage } from './responses/plain-page';
// A sign-in: start, callback, session
export { signInErrorPage } from './responses/sign-in-error-page';
export { isSameOrigin } from './same-origin';
export { forgetAttempt, forgetAttempts, recallAttempt, rememberAttempt } from './session/attempts';
export { openJar } from './session/cookies';
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
export { forgetCookie } from './session/session-cache';
export { verifySession } from './session/session-status';
export { markSignedIn, markSignedOut } from './session/sign-out-marker';
