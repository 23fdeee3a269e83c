import { type AuthEvent, eventLine } from './cognito/logging/events';

/**
 * Yours to change: gets every event of sign-ins, refreshes, sign-outs and refusals, from the middleware
 * and from route handlers alike. By default each becomes one line of JSON in the log.
 *
 * Nobody waits for it. To send events elsewhere, hand the sending to `after` of `next/server`, which keeps
 * a serverless function awake for it. `event.sub` names the person; the line leaves it out.
 *
 * @param event what happened; its `reference` is on the visitor's error page, too
 */
export function onEvent(event: AuthEvent): void | Promise<void> {
  console[event.level](eventLine(event));
}
