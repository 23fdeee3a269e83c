import { type AuthEvent, eventLine } from './cognito/logging/events';

/**
 * Called for every sign-in, refresh, sign-out and refused request, from the middleware and from route
 * handlers. Edit it to change what happens with these events. By default, it logs each one as a line of JSON.
 *
 * The request doesn't wait for a promise that you return. To send events to another service, use `after`
 * from `next/server`: it keeps a serverless function running until the event is sent. `event.sub` identifies
 * the user; the logged line leaves it out.
 *
 * @param event what happened; `event.reference` is also shown on the visitor's error page
 */
export function onEvent(event: AuthEvent): void | Promise<void> {
  console[event.level](eventLine(event));
}
