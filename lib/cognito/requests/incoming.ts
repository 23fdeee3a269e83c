import type { IncomingMessage } from 'node:http';
import { type RequestKind, requestKind } from '../request-kind';

/**
 * The kind of a request that Next has not seen yet.
 *
 * @param request its method, target and headers
 */
export function kindOf({ method = 'GET', url = '/', headers }: Incoming): RequestKind {
  const given = new Headers();
  for (const [name, value] of Object.entries(headers)) given.set(name, String(value));
  return requestKind({ method, path: url.split('?')[0] ?? '/', headers: given });
}

type Incoming = Pick<IncomingMessage, 'method' | 'url' | 'headers'>;

/**
 * Parses JSON that anyone may have sent.
 *
 * @returns undefined if it isn't JSON
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A property of a value that Node publishes, and whose type it doesn't promise. */
export function memberOf(owner: unknown, name: string): unknown {
  return typeof owner === 'object' && owner !== null ? Reflect.get(owner, name) : undefined;
}
