/** What the operator learns: the one import of this folder for `lib/cognito` and its routes. */
export type { AuthEvent, Happening } from './events';
export { failureOf, settingToCheck } from './failure';
export { BAD_BEARER, FOREIGN, logDenied, logEvent } from './log-event';
export { newReference, referenceOf } from './reference';
export { startTiming, type Timing, tracedFetch } from './tracing';
