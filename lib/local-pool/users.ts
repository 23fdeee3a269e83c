import { randomBytes } from 'node:crypto';
import type { User } from './settings';

/** A user in the running pool. */
export interface Account {
  readonly username: string;
  readonly password: string;
  readonly sub: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly identities: readonly Record<string, string | null>[];
  readonly groups: Set<string>;
  enabled: boolean;
}

export type SignInResult =
  | { kind: 'signed-in'; account: Account }
  | { kind: 'refused'; message: string };

export interface Directory {
  find(username: string): Account | undefined;
  list(): Account[];
  remove(username: string): void;
  signIn(username: string, password: string): SignInResult;
}

const FREE_FAILURES = 5;
const LONGEST_LOCK_SECONDS = 15 * 60;

/**
 * The people of the pool, by name in lower case: the console makes pools case-insensitive.
 *
 * @param users the seeded users; their names must differ in more than case
 * @param now the pool's clock, epoch seconds
 */
export function createDirectory(users: readonly User[], now: () => number): Directory {
  const accounts = new Map(users.map((user) => [user.username.toLowerCase(), toAccount(user)]));
  const failures = new Map<string, { count: number; lockedUntil: number }>();

  return {
    find: (username) => accounts.get(username.toLowerCase()),
    list: () => [...accounts.values()],
    remove: (username) => void accounts.delete(username.toLowerCase()),
    signIn(username, password) {
      const name = username.toLowerCase();
      const failed = failures.get(name) ?? { count: 0, lockedUntil: 0 };
      if (now() < failed.lockedUntil) {
        return { kind: 'refused', message: 'Password attempts exceeded' };
      }
      const account = accounts.get(name);
      if (!account || account.password !== password) {
        failures.set(name, { count: failed.count + 1, lockedUntil: lockAfter(failed.count + 1) });
        // One message for both cases, as with PreventUserExistenceErrors (facts, section 3).
        return { kind: 'refused', message: 'Incorrect username or password.' };
      }
      failures.delete(name);
      if (!account.enabled) return { kind: 'refused', message: 'User is disabled.' };
      return { kind: 'signed-in', account };
    },
  };

  /** From five failures 2^(n-5) seconds, to about a quarter of an hour (facts, section 3). */
  function lockAfter(count: number): number {
    if (count < FREE_FAILURES) return 0;
    return now() + Math.min(2 ** (count - FREE_FAILURES), LONGEST_LOCK_SECONDS);
  }
}

/**
 * A `sub` as Cognito makes them: it looks like a UUID, but its variant is none of RFC 9562's, so a
 * site that validates it strictly fails here as it would fail there (facts, section 9).
 */
export function cognitoSub(): string {
  const hex = randomBytes(16).toString('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `7${hex.slice(13, 16)}`,
    `d${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join('-');
}

function toAccount(user: User): Account {
  return {
    username: user.username,
    password: user.password,
    sub: user.sub ?? cognitoSub(),
    attributes: new Map(Object.entries(user.attributes)),
    identities: user.identities ?? [],
    groups: new Set(user.groups),
    enabled: true,
  };
}
