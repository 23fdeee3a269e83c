import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import type { Target } from '../target';
import { claimsIn, membersOf, type Tokens } from '../wire';

/** The JWKS of the issuer. */
export async function keySet(target: Target): Promise<JSONWebKeySet> {
  return await (await target.issuerGet('/.well-known/jwks.json')).json();
}

/**
 * The result of an offline verification of the ID token and the access token, at the time of issue.
 *
 * @param target with the keys and the issuer
 * @param tokens to verify
 */
export async function verified(target: Target, tokens: Tokens): Promise<string> {
  const keys = createLocalJWKSet(await keySet(target));
  const { issuer } = target;
  const said = [tokens.id_token, tokens.access_token].map(async (token) => {
    const currentDate = new Date(Number(claimsIn(token).get('iat')) * 1000);
    try {
      await jwtVerify(token, keys, { issuer, currentDate, algorithms: ['RS256'] });
      return 'verified';
    } catch (error) {
      return String(membersOf(error).get('code') ?? 'refused');
    }
  });
  return (await Promise.all(said)).join(', ');
}
