import { randomBytes } from 'node:crypto';
import type { User, UserStatus } from './settings';

/** A user in the running pool. */
export interface Account {
  readonly username: string;
  /** Undefined for a federated user: no password is the right one. */
  password: string | undefined;
  /** Whether the pages may show the password: a seeded one that was never changed. */
  passwordIsPublished: boolean;
  status: UserStatus;
  /** An authenticator app; `lastStep` is the last time step of which a code was accepted. */
  mfa: { readonly secret: string; lastStep: number } | undefined;
  readonly sub: string;
  readonly attributes: Map<string, string>;
  readonly identities: readonly Record<string, string | null>[];
  readonly groups: Set<string>;
  enabled: boolean;
}

export type PasswordCheck =
  | { kind: 'right'; account: Account }
  | { kind: 'refused'; reason: 'locked' | 'unknown' | 'wrong' | 'disabled' };

export interface Directory {
  find(username: string): Account | undefined;
  /** By user name, or by a verified e-mail address that one native user has and no other. */
  findForSignIn(name: string): Account | undefined;
  list(): Account[];
  /** Adds someone who was not seeded. The name must be free. */
  add(user: User): Account;
  remove(username: string): void;
  /** Checks a password and counts failures. A right one does not end the count: see `forgive`. */
  checkPassword(name: string, password: string): PasswordCheck;
  /** Whether there were too many failures; whatever is typed is refused then, right or wrong. */
  isLocked(account: Account): boolean;
  /** Counts a wrong code of an authenticator app as a wrong password. */
  countFailure(account: Account): void;
  /** Ends the count once somebody is signed in, and not before: a code may still be guessed. */
  forgive(account: Account): void;
  /**
   * Puts these in place of the seeded users, who are known by name; who signed up stays. A made-up
   * `sub` stays too: it is the same person.
   *
   * @returns the names of those who are gone
   */
  reseed(users: readonly User[]): string[];
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
  const accounts = new Map(
    users.map((user) => [user.username.toLowerCase(), toAccount(user, { published: true })]),
  );
  const failures = new Map<string, { count: number; lockedUntil: number }>();
  const find = (username: string) => accounts.get(username.toLowerCase());
  const findForSignIn = (name: string) => find(name) ?? onlyOwnerOf(name, [...accounts.values()]);
  let seeded = [...accounts.keys()];

  return {
    find,
    findForSignIn,
    list: () => [...accounts.values()],
    add(user) {
      const account = toAccount(user, { published: false });
      accounts.set(user.username.toLowerCase(), account);
      return account;
    },
    reseed(next) {
      const gone = seeded.filter(
        (name) => !next.some((user) => user.username.toLowerCase() === name),
      );
      const removed = gone.flatMap((name) => accounts.get(name)?.username ?? []);
      for (const name of gone) accounts.delete(name);
      for (const user of next) {
        const name = user.username.toLowerCase();
        const same = { ...user, sub: user.sub ?? accounts.get(name)?.sub };
        accounts.set(name, toAccount(same, { published: true }));
      }
      seeded = next.map((user) => user.username.toLowerCase());
      return removed;
    },
    remove: (username) => void accounts.delete(username.toLowerCase()),
    checkPassword(name, password) {
      const account = findForSignIn(name);
      // One count for all the names of an account.
      const key = (account?.username ?? name).toLowerCase();
      if (isLocked(key)) return { kind: 'refused', reason: 'locked' };
      if (!account || account.password !== password) {
        fail(key);
        return { kind: 'refused', reason: account ? 'wrong' : 'unknown' };
      }
      if (!account.enabled) return { kind: 'refused', reason: 'disabled' };
      return { kind: 'right', account };
    },
    isLocked: ({ username }) => isLocked(username.toLowerCase()),
    countFailure: ({ username }) => fail(username.toLowerCase()),
    forgive: ({ username }) => void failures.delete(username.toLowerCase()),
  };

  function isLocked(key: string): boolean {
    return now() < (failures.get(key)?.lockedUntil ?? 0);
  }

  /** From five failures 2^(n-5) seconds, to about a quarter of an hour (facts, section 3). */
  function fail(key: string): void {
    const count = (failures.get(key)?.count ?? 0) + 1;
    const seconds = Math.min(2 ** (count - FREE_FAILURES), LONGEST_LOCK_SECONDS);
    failures.set(key, { count, lockedUntil: count < FREE_FAILURES ? 0 : now() + seconds });
  }
}

/**
 * Who alone among native users has this e-mail address verified.
 *
 * @param email compared without case
 * @param accounts of the pool
 */
function onlyOwnerOf(email: string, accounts: readonly Account[]): Account | undefined {
  const owners = accounts.filter(
    ({ attributes, password }) =>
      password !== undefined &&
      attributes.get('email_verified') === 'true' &&
      attributes.get('email')?.toLowerCase() === email.toLowerCase(),
  );
  return owners.length === 1 ? owners[0] : undefined;
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

function toAccount(user: User, { published }: { published: boolean }): Account {
  return {
    username: user.username,
    password: user.password,
    passwordIsPublished: published && user.password !== undefined,
    status: user.status ?? 'CONFIRMED',
    mfa: user.mfa && { secret: user.mfa.secret, lastStep: 0 },
    sub: user.sub ?? cognitoSub(),
    attributes: new Map(Object.entries(user.attributes)),
    identities: user.identities ?? [],
    groups: new Set(user.groups),
    enabled: true,
  };
}
