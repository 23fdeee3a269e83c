/** Events, references and traces. `lib/cognito` and its routes import them from here. */
export type { AuthEvent, Happening } from './events';
export * from './log-event';
export { NO_TIMING, startTiming, type Timing, tracedFetch } from './tracing';
