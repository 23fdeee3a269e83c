import { CognitoError } from '../protocol/errors';
import type { TokenSet } from '../protocol/tokens';

/** A code or a rotating refresh token may give its tokens only once; so many are kept waiting. */
const MAX_WAITING = 1000;

/**
 * Redeems a grant once, although its tokens may have to be verified twice: when the pool's keys
 * cannot be had right now, the tokens wait in memory for the next try instead of being lost.
 *
 * @param grant names the grant, for example the state of its attempt
 * @param redeem asks the user pool; not called while tokens of this grant are waiting
 * @param verify throws `keys_unavailable` for "not now"
 * @returns what `verify` returns
 */
export type Redeem = <T>(
  grant: string,
  redeem: () => Promise<TokenSet>,
  verify: (tokens: TokenSet) => Promise<T>,
) => Promise<T>;

/** Makes the memory of one kind of grant, within this process. */
export function createRedeem(): Redeem {
  const waiting = new Map<string, TokenSet>();

  function keep(grant: string, tokens: TokenSet): void {
    waiting.set(grant, tokens);
    const [oldest] = waiting.keys();
    if (waiting.size > MAX_WAITING && oldest !== undefined) waiting.delete(oldest);
  }

  return async (grant, redeem, verify) => {
    const tokens = waiting.get(grant) ?? (await redeem());
    waiting.delete(grant);
    try {
      return await verify(tokens);
    } catch (error) {
      const later = error instanceof CognitoError && error.code === 'keys_unavailable';
      if (later) keep(grant, tokens);
      throw error;
    }
  };
}
