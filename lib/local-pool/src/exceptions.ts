import { LIMIT_EXCEEDED } from './rate-limits';

/** Cognito's exception in place of a response. */
export interface Refused {
  kind: 'refused';
  /** The `__type`, e.g. `NotAuthorizedException`. */
  exception: string;
  message: string;
}

export const API_CONTENT_TYPE = 'application/x-amz-json-1.1';

/** A 403 comes from AWS WAF in front of the user pool (account facts, section 1). */
const STATUS = new Map([
  ['InternalErrorException', 500],
  ['ForbiddenException', 403],
]);

const USUAL_MESSAGES = new Map([
  ['LimitExceededException', LIMIT_EXCEEDED],
  ['TooManyRequestsException', 'Rate exceeded'],
  ['ForbiddenException', 'Request not allowed due to WAF block.'],
  ['InternalErrorException', 'Internal server error.'],
]);

/**
 * The outcome of an operation that the API refuses.
 *
 * @param exception the `__type`
 * @param message Cognito's message
 */
export function refused(exception: string, message: string): Refused {
  return { kind: 'refused', exception, message };
}

/**
 * The response for an exception: every one has the status 400 unless it is listed above.
 *
 * @param exception the `__type`
 * @param message default: the usual one of the exceptions that any operation may have
 * @param status default: that of the exception
 */
export function exceptionResponse(exception: string, message?: string, status?: number): Response {
  const text = message ?? USUAL_MESSAGES.get(exception) ?? '';
  const headers = new Headers({
    'Content-Type': API_CONTENT_TYPE,
    'x-amzn-ErrorType': `${exception}:`,
  });
  // A message may repeat what the client sent. A header takes Latin-1 without control characters.
  if (/^[\x20-\x7e]*$/.test(text)) headers.set('x-amzn-ErrorMessage', text);
  const body = JSON.stringify({ __type: exception, message: text });
  return new Response(body, { status: status ?? STATUS.get(exception) ?? 400, headers });
}
