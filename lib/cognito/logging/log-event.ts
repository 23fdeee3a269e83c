import { onEvent } from '../../on-event';
import { isDevelopment } from '../config/environment';
import { CognitoError } from '../protocol/errors';
import type { AuthEvent, Failure, Happening } from './events';

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

/**
 * Describes an error for an event.
 *
 * @param error anything that was thrown
 */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof CognitoError)) {
    return { code: 'unexpected', message: 'An error from outside lib/cognito.' };
  }
  const setting = settingToCheck(error);
  return { code: error.code, message: error.message, ...(setting ? { setting } : {}) };
}

/** The settings to check, by OAuth error code. */
const SETTING: ReadonlyMap<string, string> = new Map([
  ['invalid_client', 'Check COGNITO_CLIENT_ID and COGNITO_CLIENT_SECRET.'],
  ['invalid_scope', 'Check COGNITO_SCOPES, and that the app client allows each of them.'],
  [
    'unauthorized_client',
    'Check COGNITO_REDIRECT_URI, and that the app client allows the authorization code grant.',
  ],
]);

/**
 * Tells which setting may have caused an error.
 *
 * @param error anything that a sign-in or a refresh threw
 * @returns a sentence for the operator; undefined if the error doesn't point to a setting
 */
export function settingToCheck(error: unknown): string | undefined {
  if (!(error instanceof CognitoError)) return undefined;
  // Only an error from the token endpoint points to a setting: anyone can put an error into a
  // callback URL. In development, only the developer sends callbacks.
  const rejected = error.code === 'client_rejected';
  const said = rejected || (isDevelopment && error.code === 'sign_in_refused');
  return said ? SETTING.get(error.detail ?? '') : undefined;
}

/** Crockford's base 32, which is easy to read out on the phone: no I, L, O or U. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * Creates the reference that an error page and its log line share: 8 characters, 40 random bits.
 */
export function newReference(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return Array.from(bytes, (byte) => LETTERS.charAt(byte % LETTERS.length)).join('');
}

/**
 * Returns the reference that the middleware gave a request. If a request bypasses the middleware,
 * the client controls the header; even then, only text in the form of a reference gets into the
 * log.
 *
 * @param headers the request's headers
 * @returns the reference; undefined if the header is missing or malformed
 */
export function referenceOf(headers: Pick<Headers, 'get'>): string | undefined {
  const value = headers.get('x-reference') ?? '';
  return /^[0-9A-HJKMNP-TV-Z]{8}$/.test(value) ? value : undefined;
}

/** In characters. */
const MAX_TEXT = 200;
/** What may be a token, a code or an e-mail address: nobody reads those in a log. */
const SENSITIVE = /[\w.~+/=-]{32,}|[^\s<>"']+@[^\s<>"']+/g;

/**
 * Cleans text from outside for the log: one line of printable ASCII, at most 200 characters, without
 * anything that may be a token or an e-mail address.
 *
 * @param text any text, such as the `error_description` of a callback
 * @returns the line; undefined if nothing is left
 */
export function cleanLine(text: string): string | undefined {
  // Cut first: what is longer costs nothing.
  const short = text.slice(0, MAX_TEXT * 10);
  const plain = short.replace(/[^\x20-\x7E]+/g, ' ').replace(SENSITIVE, '…');
  return plain.replace(/ {2,}/g, ' ').trim().slice(0, MAX_TEXT) || undefined;
}

/**
 * The identity provider's or a Lambda trigger's reason for refusing a sign-in. Call it only for a
 * state of this browser's own: anyone can write a callback URL, and would write into the log.
 *
 * @param query the callback's query
 */
export function reasonGiven(query: URLSearchParams): { reason?: string } {
  const reason = query.has('error') && cleanLine(query.get('error_description') ?? '');
  return reason ? { reason } : {};
}

/**
 * The host where a sign-in started, if it isn't the site's: the sign-in fails, because its cookie stays at that host.
 * Never redirect to it: a client controls it.
 *
 * @param host from the attempt's state
 */
export function startedAt(host: string | undefined): { host?: string } {
  const given = cleanLine(host ?? '');
  return given === undefined ? {} : { host: given };
}
