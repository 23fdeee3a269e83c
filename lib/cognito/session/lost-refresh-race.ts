import { base64url } from 'jose';
import type { Session } from './session';

/**
 * A refused refresh token does not say whether its session has ended: where refresh tokens rotate, another
 * instance may have used it a moment ago, and its answer with the new session is on the way to the browser. So
 * the browser is sent to the same document once more, at an address that names the refused session. If it
 * comes back with the same session, that session has ended.
 */
const PARAMETER = 'session-again';

/**
 * How long the other answer may take, in milliseconds: it comes with a page, which a busy or cold
 * instance may render slowly. Where refresh tokens don't rotate there is nothing to wait for.
 */
const HEAD_START = 2000;

/**
 * How long to wait before a session that was refused is tried once more.
 *
 * @param rotates whether refresh tokens rotate, if that is known
 * @returns milliseconds
 */
export function headStart(rotates: boolean | undefined): number {
  return rotates === false ? 0 : HEAD_START;
}

/**
 * The address to ask for once more.
 *
 * @param path with its query, on this site
 * @param refused the session whose refresh token was refused
 */
export async function againPath(path: string, refused: Session): Promise<string> {
  const separator = path.includes('?') ? '&' : '?';
  return `${path}${separator}${PARAMETER}=${await nameOf(refused)}`;
}

/**
 * Reads such an address.
 *
 * @param search the query of a request, as it came
 * @returns the session's name, and the query without it; undefined for any other address
 */
export function readAgain(search: string): { name: string; search: string } | undefined {
  const pattern = new RegExp(`[?&]${PARAMETER}=([\\w-]*)$`);
  const [marker, name] = pattern.exec(search) ?? [];
  if (marker === undefined || name === undefined) return undefined;
  return { name, search: search.slice(0, -marker.length) };
}

/**
 * Whether this is the session that was refused.
 *
 * @param session the browser's, now
 * @param name from `readAgain`
 */
export async function isSameSession(session: Session | null, name: string): Promise<boolean> {
  return session !== null && (await nameOf(session)) === name;
}

/** Tells two sessions apart and nothing about either: 96 bits of a hash of what nobody can guess. */
async function nameOf({ refreshToken, accessToken }: Session): Promise<string> {
  const text = new TextEncoder().encode(`${refreshToken} ${accessToken}`);
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', text));
  return base64url.encode(hash.subarray(0, 12));
}
