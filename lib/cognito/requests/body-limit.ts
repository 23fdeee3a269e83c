import { bodyLimits } from '../../body-limits';

/**
 * Returns how large the body of a request may be.
 *
 * @param path the request's path
 * @param limits bytes, by path; a limit also applies to every path below its own
 * @returns the limit in bytes of the longest path that matches; a megabyte if none does
 */
export function bodyLimit(path: string, limits = bodyLimits): number {
  for (let at = path; at; at = at.slice(0, at.lastIndexOf('/'))) {
    if (Object.hasOwn(limits, at)) return limits[at] ?? 0;
  }
  return limits['/'] ?? 1e6;
}

/**
 * Returns whether a request announces a body that is too large. A body without a `Content-Length`
 * must be counted.
 *
 * @param path the request's path
 * @param length the value of its `Content-Length` header
 */
export function isTooLarge(path: string, length: string | null | undefined): boolean {
  return Number(length) > bodyLimit(path);
}
