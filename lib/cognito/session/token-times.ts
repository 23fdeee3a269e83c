import { decodeJwt } from 'jose';
import type { TokenSet } from '../protocol/tokens';

/** When a token was issued and when it is over, in seconds since 1970; undefined if it does not say. */
interface Times {
  readonly iat: number | undefined;
  readonly exp: number | undefined;
}

/** Every request of a session asks, and each answer takes the parse of a token. */
const known = new WeakMap<TokenSet, { id: Times; access: Times }>();

/**
 * The times that a session's ID and access token speak of, parsed once for each object. Nothing is
 * verified by it.
 *
 * @param tokens whoever holds this object must not change it
 * @returns the times of both
 * @throws what jose throws for text that is no JWT
 */
export function timesOf(tokens: TokenSet): { id: Times; access: Times } {
  const before = known.get(tokens);
  if (before) return before;
  const times = { id: parse(tokens.idToken), access: parse(tokens.accessToken) };
  known.set(tokens, times);
  return times;
}

function parse(token: string): Times {
  const { iat, exp } = decodeJwt(token);
  return { iat, exp };
}
