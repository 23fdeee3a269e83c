import { endAllGrants } from './access';
import { seedProblem } from './seed-check';
import type { AppClient, User } from './settings';
import type { PoolState } from './state';

/** New seeds; what is left out stays as it is. */
export interface Seeds {
  users?: readonly User[];
  clients?: readonly AppClient[];
}

/**
 * Changes the seeded users and the app clients of a running pool. Who signed up, the keys, codes,
 * sign-ins, sessions and the clock stay. Attributes and groups are read by the next refresh, as
 * always; who is gone is gone for good: if the name comes back, it is another person.
 *
 * @param pool the pool
 * @param seeds the new ones
 * @throws Error in one sentence for seeds that no pool can have; then nothing has changed
 */
export function reseed(pool: PoolState, seeds: Seeds): void {
  const problem = seedProblem(seeds);
  if (problem !== null) throw new Error(problem);
  if (seeds.users) {
    for (const username of pool.users.reseed(seeds.users)) forgetPerson(pool, username);
  }
  if (!seeds.clients) return;
  pool.clients.clear();
  for (const client of seeds.clients) pool.clients.set(client.clientId, { ...client });
}

/** Nothing that was given to the one of this name may serve a later one. */
function forgetPerson(pool: PoolState, username: string): void {
  const isTheirs = (name: string) => name.toLowerCase() === username.toLowerCase();
  for (const [code, record] of pool.codes) {
    if (isTheirs(record.username)) pool.codes.delete(code);
  }
  for (const [value, session] of pool.sessions) {
    if (isTheirs(session.username)) pool.sessions.delete(value);
  }
  endAllGrants(pool, username);
}
