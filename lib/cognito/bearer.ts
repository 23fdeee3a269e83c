import type { AppClient } from './protocol/app-client';
import { type AccessTokenClaims, groupsOf, signInAge } from './protocol/claims';
import { CognitoError } from './protocol/errors';
import { verifyAccessToken } from './protocol/verify';

/** The result of checking a request's bearer token. */
export type Bearer =
  /** The request has no bearer token. */
  | { readonly state: 'signed-out' }
  | {
      readonly state: 'signed-in';
      readonly claims: AccessTokenClaims;
      readonly groups: readonly string[];
      /** How long ago the user signed in, in seconds; `Infinity` if that is unknown. */
      readonly signInAge: number;
    }
  | { readonly state: 'invalid' }
  /** The user pool's keys aren't available, so the token couldn't be verified. */
  | { readonly state: 'unavailable' };

/**
 * Reads and verifies an access token from the `Authorization` header (RFC 6750, section 2.1). It
 * takes precedence over the session: an invalid token is refused even if the session is valid.
 *
 * @param client the app client
 * @param headers the request's headers
 * @returns the result; never throws
 */
export async function readBearer(client: AppClient, headers: Headers): Promise<Bearer> {
  const header = headers.get('authorization') ?? '';
  if (!/^bearer(\s|$)/i.test(header)) return { state: 'signed-out' };
  const token = header.slice('bearer'.length).trim();
  try {
    const now = client.now();
    const claims = await verifyAccessToken(client, token, now);
    const groups = groupsOf(claims);
    return { state: 'signed-in', claims, groups, signInAge: signInAge(claims, now) };
  } catch (error) {
    const later = error instanceof CognitoError && error.code === 'keys_unavailable';
    return { state: later ? 'unavailable' : 'invalid' };
  }
}
