import { base64url } from 'jose';
import type { Session } from './session';

/**
 * If the user pool refuses a refresh token, the session has not necessarily ended. With refresh
 * token rotation, another instance may have used the token a moment ago, and its response with the
 * new session may still be on its way to the browser. So the browser is redirected to the same page
 * once more, with the name of the refused session in this query parameter. If it returns with the
 * same session, that session has ended.
 */
const PARAMETER = 'session-again';

/**
 * How long the other response may take, in milliseconds: it contains a page, which a busy or cold
 * instance may render slowly. Without refresh token rotation, there is nothing to wait for.
 */
const HEAD_START = 2000;

/**
 * Returns how long to wait before the browser tries again with a refused session.
 *
 * @param rotates whether refresh tokens rotate; undefined if that isn't known yet
 * @returns milliseconds
 */
export function headStart(rotates: boolean | undefined): number {
  return rotates === false ? 0 : HEAD_START;
}

/**
 * Adds the name of a refused session to a path.
 *
 * @param path a path on this site, with its query
 * @param refused the session whose refresh token was refused
 * @returns the path to redirect to
 */
export async function againPath(path: string, refused: Session): Promise<string> {
  const separator = path.includes('?') ? '&' : '?';
  return `${path}${separator}${PARAMETER}=${await nameOf(refused)}`;
}

/**
 * Reads the name of a refused session from a query.
 *
 * @param search the query of a request, as received
 * @returns the name, and the query without it; undefined if the query doesn't end with a name
 */
export function readAgain(search: string): { name: string; search: string } | undefined {
  const pattern = new RegExp(`[?&]${PARAMETER}=([\\w-]*)$`);
  const [marker, name] = pattern.exec(search) ?? [];
  if (marker === undefined || name === undefined) return undefined;
  return { name, search: search.slice(0, -marker.length) };
}

/**
 * Tells whether a session is the one that was refused.
 *
 * @param session the browser's current session, or null
 * @param name from `readAgain`
 */
export async function isSameSession(session: Session | null, name: string): Promise<boolean> {
  return session !== null && (await nameOf(session)) === name;
}

/** Identifies a session without revealing anything about it: 96 bits of a hash of its tokens. */
async function nameOf({ refreshToken, accessToken }: Session): Promise<string> {
  const text = new TextEncoder().encode(`${refreshToken} ${accessToken}`);
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', text));
  return base64url.encode(hash.subarray(0, 12));
}
