/** Events, references and traces. `lib/cognito` and its routes import them from here. */
export type { AuthEvent, Happening } from './events';
export {
  BAD_BEARER,
  FOREIGN,
  failureOf,
  logDenied,
  logEvent,
  newReference,
  referenceOf,
  settingToCheck,
} from './log-event';
export { reasonGiven, startedAt } from './outside-text';
export { NO_TIMING, startTiming, type Timing, tracedFetch } from './tracing';
