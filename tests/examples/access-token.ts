/** How an API of yours verifies an access token. `docs/make-it-yours.md` shows it, word for word. */
import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose';

/**
 * Verifies the access tokens of one app client. Make it once: it keeps the user pool's keys.
 *
 * @param issuer `https://cognito-idp.<region>.amazonaws.com/<user pool id>`
 * @param clientId of the app client whose tokens may come
 * @returns takes an `Authorization` header; throws for everything that should be answered with 401
 */
export function accessTokens(issuer: string, clientId: string) {
  const keys = createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`));
  return async (authorization: string | undefined): Promise<JWTPayload> => {
    const [, token = ''] = /^Bearer ([\w.-]+)$/i.exec(authorization ?? '') ?? [];
    const options = { issuer, algorithms: ['RS256'], requiredClaims: ['exp', 'sub'] };
    const { payload } = await jwtVerify(token, keys, options);
    // Cognito's access tokens have no `aud`, and an ID token is none, though the same keys signed it.
    if (payload.token_use !== 'access') throw new Error('This is no access token.');
    if (payload.client_id !== clientId) throw new Error('This token is for another app client.');
    return payload;
  };
}
