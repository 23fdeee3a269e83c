import { type Behavior, behavior } from '../behavior';
import type { Target } from '../target';
import { claimsIn } from '../wire';

/** The claims of a token by name, in the order of the token. */
export type Claims = ReadonlyMap<string, unknown>;

/**
 * Makes rows about one of the two tokens of the shared sign-in.
 *
 * @param token which of the two
 * @returns a function that makes a row of an id without its chapter, what is observed, and how
 */
export function rowsOn(token: 'id_token' | 'access_token') {
  const name = token === 'id_token' ? 'ID token' : 'access token';
  return (
    id: string,
    ask: string,
    see: (claims: Claims, target: Target) => string,
    row: Pick<Behavior, 'cognito'> & Partial<Behavior>,
  ): Behavior => {
    return behavior({
      source: `dg: ${name}`,
      needs: 'sign-in',
      ...row,
      id: `${name.toLowerCase().replace(' ', '-')}/${id}`,
      ask,
      observe: async (target) => see(claimsIn((await target.tokens())[token]), target),
    });
  };
}
