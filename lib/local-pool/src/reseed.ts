import { forgetPerson } from './forget-person';
import { seedProblem } from './seed-check';
import type { AppClient, User } from './settings';
import type { PoolState } from './state';

/** New seeds. A list that is left out stays as it is. */
export interface Seeds {
  users?: readonly User[];
  clients?: readonly AppClient[];
}

/**
 * Replaces the seeded users and the app clients of a running pool. Users who signed up, keys,
 * codes, sign-ins, sessions and the clock stay. As always, a refresh reads the current attributes
 * and groups. A removed user is permanently gone: if the name is added again, it is a new user.
 *
 * @param pool the pool
 * @param seeds the new seeds
 * @throws Error with one sentence if the seeds are invalid; then nothing has changed
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
