import { onEvent } from '../../on-event';
import type { AuthEvent, Happening } from './events';

/** Why an answer says no, where it is said in more than one place. */
export const FOREIGN = 'a form or call that this site did not send';
export const BAD_BEARER = 'a bearer token that is not valid here';

/**
 * Tells the operator what happened. A hook that fails ends nobody's sign-in.
 *
 * @param happening words and values of ours
 * @param reference of the request, for who asks with it in hand
 */
export function logEvent(happening: Happening, reference?: string): void {
  const named = reference === undefined ? {} : { reference };
  const event = {
    time: new Date().toISOString(),
    level: levelOf(happening),
    ...named,
    ...happening,
  };
  // Nothing of the error: it may hold what the hook was about to send.
  hand(event).catch(() => console.error('onEvent in lib/on-event.ts failed'));
}

/**
 * Tells of an answer that says no, and gives it.
 *
 * @param answer in JSON; a page tells of itself when it is rendered
 * @param why words of ours
 * @param reference of the request
 */
export function logDenied(answer: Response, why: string, reference: string | undefined): Response {
  logEvent({ type: 'denied', status: answer.status, why }, reference);
  return answer;
}

/** Whatever the hook throws, at once or later, becomes a rejection. */
async function hand(event: AuthEvent): Promise<void> {
  await onEvent(event);
}

/** What a visitor or a stranger brings about alone: to be found by its reference, and no alarm. */
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
  if ('code' in happening) return NO_ALARM.has(happening.code) ? 'warn' : 'error';
  if (happening.type === 'configuration') return happening.ok ? 'info' : 'error';
  if (happening.type === 'denied') return happening.status === 401 ? 'info' : 'warn';
  return happening.type === 'notFound' ? 'warn' : 'info';
}
