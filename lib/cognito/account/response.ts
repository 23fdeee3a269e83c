/** In bytes. Cognito's largest response has some 70 attributes of 2,048 characters. */
const MOST = 1_000_000;

/** The body of a response. */
export type Body =
  /** JSON, or `{}` for no bytes at all: `DeleteUser` has no body. */
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'not_json' }
  | { readonly kind: 'too_large' };

/**
 * Reads a body of at most a megabyte.
 *
 * @param response whose body hasn't been read
 * @returns the parsed body, or what is wrong with it
 * @throws what the stream throws if the connection breaks or the time is up
 */
export async function boundedJson(response: Response): Promise<Body> {
  const text = await boundedText(response);
  if (text === undefined) return { kind: 'too_large' };
  if (text.trim() === '') return { kind: 'json', value: {} };
  try {
    return { kind: 'json', value: JSON.parse(text) };
  } catch {
    return { kind: 'not_json' };
  }
}

async function boundedText(response: Response): Promise<string | undefined> {
  const reader = response.body?.getReader();
  if (!reader) return '';
  const decoder = new TextDecoder();
  let text = '';
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    length += value.byteLength;
    if (length > MOST) {
      await reader.cancel();
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
  }
}

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

/**
 * Reads a member of a parsed body.
 *
 * @param value any value
 * @param name of the member
 * @returns undefined if the value isn't an object with this member of its own, or if it is null
 */
export function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  const member: unknown = Reflect.get(value, name);
  return member ?? undefined;
}

/** Reads a member that is a text; undefined if it is missing, empty or anything else. */
export function textOf(value: unknown, name: string): string | undefined {
  const member = memberOf(value, name);
  return typeof member === 'string' && member !== '' ? member : undefined;
}

/** Reads a member that is a list; empty if it is missing or anything else. */
export function listOf(value: unknown, name: string): readonly unknown[] {
  const member = memberOf(value, name);
  return Array.isArray(member) ? member : [];
}

/** Reads the texts of a member that is a list. Cognito leaves out lists that would be empty. */
export function textsOf(value: unknown, name: string): readonly string[] {
  return listOf(value, name).filter((item) => typeof item === 'string');
}
