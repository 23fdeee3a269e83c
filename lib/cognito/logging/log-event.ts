import { onEvent } from '../../on-event';
import type { AuthEvent, Happening } from './events';

/** Reasons for a refusal that are logged in more than one place. */
export const FOREIGN = 'not a same-origin request';
export const BAD_BEARER = 'invalid bearer token';

/**
 * Passes an event to `onEvent`. If that hook fails, the request still succeeds.
 *
 * @param happening what happened, without any text that a client sent
 * @param reference the request's reference, if there is one
 */
export function logEvent(happening: Happening, reference?: string): void {
  const named = reference === undefined ? {} : { reference };
  const event = {
    time: new Date().toISOString(),
    level: levelOf(happening),
    ...named,
    ...happening,
  };
  // The error itself isn't logged: it may contain what the hook was about to send.
  hand(event).catch(() => console.error('onEvent in lib/on-event.ts failed'));
}

/**
 * Logs a refusal.
 *
 * @param answer a JSON response; error pages log themselves when they are rendered
 * @param why the reason, without any text that a client sent
 * @param reference the request's reference, if there is one
 * @returns `answer`
 */
export function logDenied(answer: Response, why: string, reference: string | undefined): Response {
  logEvent({ type: 'denied', status: answer.status, why }, reference);
  return answer;
}

/** Calls the hook. Being async, it turns an error that the hook throws into a rejection. */
async function hand(event: AuthEvent): Promise<void> {
  await onEvent(event);
}

/** Failures that any client can cause. They are logged as warnings, so that they raise no alert. */
const NO_ALARM: ReadonlySet<string> = new Set([
  'attempt_unknown',
  'attempt_replayed',
  'callback_malformed',
  'invalid_grant',
  'relay_refused',
  'sign_in_declined',
  'sign_in_too_old',
]);

function levelOf(happening: Happening): AuthEvent['level'] {
  if ('byUser' in happening) return happening.byUser ? 'warn' : 'error';
  if ('code' in happening) return NO_ALARM.has(happening.code) ? 'warn' : 'error';
  if (happening.type === 'configuration') return happening.ok ? 'info' : 'error';
  if (happening.type === 'denied') return happening.status === 401 ? 'info' : 'warn';
  return happening.type === 'notFound' ? 'warn' : 'info';
}
