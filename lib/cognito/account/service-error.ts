import { memberOf } from './members';

/** An error of AWS's JSON protocol. */
export interface ServiceError {
  /** Without its namespace, e.g. `NotAuthorizedException`. */
  readonly name: string;
  /** May repeat what the user entered, even a password. For comparison only. */
  readonly message: string;
}

/**
 * Finds the error in a response. Its status doesn't matter: for a wrong content type, Cognito sends
 * an error with status 200.
 * https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html#operation-error-serialization
 *
 * @param response whose header `x-amzn-errortype` counts if the body names no error
 * @param body parsed, or undefined
 * @returns the error; undefined if there is none
 */
export function serviceError(response: Response, body: unknown): ServiceError | undefined {
  // For a wrong content type, AWS puts the error into a member.
  const error = memberOf(body, 'Output') ?? body;
  const type = memberOf(error, '__type') ?? response.headers.get('x-amzn-errortype');
  if (type === null) return undefined;
  const message = memberOf(error, 'message') ?? memberOf(error, 'Message');
  return { name: nameOf(type), message: typeof message === 'string' ? message : '' };
}

/** `aws.cognito#NotAuthorizedException:http://…` is the error `NotAuthorizedException`. */
function nameOf(type: unknown): string {
  const [name = ''] = typeof type === 'string' ? type.split(':') : [];
  const [, short = ''] = /(?:^|#)([A-Za-z]{1,80})$/.exec(name.trim()) ?? [];
  return short || 'an error without a name';
}
