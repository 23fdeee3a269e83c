import type { AppClient } from './protocol/app-client';
import type { AccessTokenClaims } from './protocol/claims';
import { CognitoError } from './protocol/errors';
import { verifyAccessToken } from './protocol/verify';

/** What a request's bearer token says. */
export type Bearer =
  /** There is none. */
  | { readonly state: 'signed-out' }
  | { readonly state: 'signed-in'; readonly claims: AccessTokenClaims }
  | { readonly state: 'invalid' }
  | { readonly state: 'unavailable' };

/**
 * Reads and verifies an access token from the `Authorization` header (RFC 6750, section 2.1). Where
 * there is one it decides alone: a bad one is refused even beside a good session.
 *
 * @param client the app client
 * @param headers of the request
 */
export async function readBearer(client: AppClient, headers: Headers): Promise<Bearer> {
  const header = headers.get('authorization') ?? '';
  if (!/^bearer(\s|$)/i.test(header)) return { state: 'signed-out' };
  const token = header.slice('bearer'.length).trim();
  try {
    return { state: 'signed-in', claims: await verifyAccessToken(client, token, client.now()) };
  } catch (error) {
    const later = error instanceof CognitoError && error.code === 'keys_unavailable';
    return { state: later ? 'unavailable' : 'invalid' };
  }
}
