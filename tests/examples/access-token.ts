/** How your own API verifies an access token. `docs/make-it-yours.md` quotes this file word for word. */
import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose';

/**
 * Creates a function that verifies the access tokens of one app client. Call this once and keep the
 * function: it caches the user pool's keys.
 *
 * @param issuer `https://cognito-idp.<region>.amazonaws.com/<user pool id>`
 * @param clientId the app client whose tokens are accepted
 * @returns takes an `Authorization` header and returns the token's claims. If it throws because the
 *   header or the token is invalid, respond with 401.
 */
export function accessTokens(issuer: string, clientId: string) {
  const keys = createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`));
  return async (authorization: string | undefined): Promise<JWTPayload> => {
    const [, token = ''] = /^Bearer ([\w.-]+)$/i.exec(authorization ?? '') ?? [];
    const options = { issuer, algorithms: ['RS256'], requiredClaims: ['exp', 'sub'] };
    const { payload } = await jwtVerify(token, keys, options);
    // ID tokens are signed with the same keys, so check that this is an access token. Cognito's access
    // tokens have no `aud`: the app client is in `client_id`.
    if (payload.token_use !== 'access') throw new Error('This is not an access token.');
    if (payload.client_id !== clientId) throw new Error('This token is for another app client.');
    return payload;
  };
}
