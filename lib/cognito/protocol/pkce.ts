import { base64url } from 'jose';

/**
 * Creates a random value for a state, a nonce or a code verifier. It contains only base64url
 * characters, because Cognito has changed other characters in a state.
 *
 * @param bytes the number of random bytes, 32 by default
 * @returns base64url text: 43 characters for 32 bytes, as RFC 7636, section 4.1 recommends
 */
export function randomToken(bytes = 32): string {
  return base64url.encode(crypto.getRandomValues(new Uint8Array(bytes)));
}

/**
 * Returns the S256 code challenge, the only method that Cognito supports.
 *
 * @param codeVerifier 43 to 128 characters
 * @returns the verifier's SHA-256 hash in base64url, 43 characters (RFC 7636, section 4.2)
 */
export async function codeChallenge(codeVerifier: string): Promise<string> {
  return base64url.encode(await sha256(codeVerifier));
}

/**
 * Returns the `at_hash` that binds an ID token to the access token issued with it.
 *
 * @param accessToken the access token as received
 * @returns the left half of its SHA-256 hash in base64url (OpenID Connect Core, section 3.1.3.6)
 */
export async function accessTokenHash(accessToken: string): Promise<string> {
  return base64url.encode((await sha256(accessToken)).subarray(0, 16));
}

/**
 * Derives two values from a key: the same for the same two texts, and unguessable without the key.
 *
 * @param key at least 32 random bytes, as text
 * @param text what the values are for
 * @returns the halves of the HMAC-SHA-512 (RFC 2104) in base64url, 43 characters each
 */
export async function keyedPair(key: string, text: string): Promise<[string, string]> {
  const encoder = new TextEncoder();
  const algorithm = { name: 'HMAC', hash: 'SHA-512' };
  const secret = await crypto.subtle.importKey('raw', encoder.encode(key), algorithm, false, [
    'sign',
  ]);
  const bytes = new Uint8Array(await crypto.subtle.sign('HMAC', secret, encoder.encode(text)));
  return [base64url.encode(bytes.subarray(0, 32)), base64url.encode(bytes.subarray(32))];
}

async function sha256(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
}
