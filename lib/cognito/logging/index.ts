/** Events, references and traces. `lib/cognito` and its routes import them from here. */
export type { AuthEvent, Happening } from './events';
export {
  BAD_BEARER,
  FOREIGN,
  failureOf,
  logDenied,
  logEvent,
  settingToCheck,
} from './log-event';
export { reasonGiven, startedAt } from './outside-text';
export { newReference, referenceOf } from './reference';
export { NO_TIMING, startTiming, type Timing, tracedFetch } from './tracing';
