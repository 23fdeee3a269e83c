import { endAllGrants } from './access';
import type { PoolState } from './state';

/**
 * Forgets all codes, sessions and tokens of a removed user: a later user of the same name must not
 * inherit them.
 *
 * @param pool the pool
 * @param username case-insensitive
 */
export function forgetPerson(pool: PoolState, username: string): void {
  const isTheirs = (name: string) => name.toLowerCase() === username.toLowerCase();
  for (const [code, record] of pool.codes) {
    if (isTheirs(record.username)) pool.codes.delete(code);
  }
  for (const [value, session] of pool.sessions) {
    if (isTheirs(session.username)) pool.sessions.delete(value);
  }
  endAllGrants(pool, username);
}
