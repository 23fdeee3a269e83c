import { randomBytes } from 'node:crypto';
import type { Passkey } from './passkeys/passkey';
import type { User, UserStatus } from './settings';

/** A user in the running pool. */
export interface Account {
  readonly username: string;
  /** Undefined for a federated user, for whom no password is right. */
  password: string | undefined;
  /** Whether the pages may show the password: only a seeded one that was never changed. */
  passwordIsPublished: boolean;
  status: UserStatus;
  /** An authenticator app that has shown a right code. */
  mfa: AuthenticatorApp | undefined;
  /** The secret of an app that hasn't shown one yet. */
  newAppSecret: string | undefined;
  /** Oldest first. */
  readonly passkeys: Passkey[];
  readonly sub: string;
  readonly attributes: Map<string, string>;
  /** The email address or phone number to which the last code was sent, by attribute. */
  readonly verifying: Map<string, string>;
  readonly identities: readonly Record<string, string | null>[];
  readonly groups: Set<string>;
  enabled: boolean;
}

export interface AuthenticatorApp {
  /** Base32. */
  readonly secret: string;
  /** The time step of the last accepted code. */
  lastStep: number;
  /** Whether a sign-in asks for a code. */
  enabled: boolean;
  /** Whether it is the preferred second factor. */
  preferred: boolean;
}

export type PasswordCheck =
  | { kind: 'right'; account: Account }
  | { kind: 'refused'; reason: 'locked' | 'unknown' | 'wrong' | 'disabled' };

export interface Directory {
  find(username: string): Account | undefined;
  /** Finds a user by username, or by a verified email address that only one native user has. */
  findForSignIn(name: string): Account | undefined;
  list(): Account[];
  /** Adds a user who wasn't seeded. The name must be free. */
  add(user: User): Account;
  remove(username: string): void;
  /** Checks a password and counts failures. A right one doesn't reset the count: see `forgive`. */
  checkPassword(name: string, password: string): PasswordCheck;
  /** Whether there were too many failures. Then even a right password or code is refused. */
  isLocked(account: Account): boolean;
  /** Counts a wrong code from an authenticator app like a wrong password. */
  countFailure(account: Account): void;
  /** Resets the count after the sign-in, not earlier: an attacker could still guess the code. */
  forgive(account: Account): void;
  /**
   * Replaces the seeded users, matching them by name. Users who signed up stay. A user who stays
   * keeps a generated `sub`.
   *
   * @returns the names of the removed users
   */
  reseed(users: readonly User[]): string[];
}

const FREE_FAILURES = 5;
const LONGEST_LOCK_SECONDS = 15 * 60;

/**
 * Creates the user directory. Names are compared in lower case: the console creates
 * case-insensitive user pools.
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
      // All names of an account share one count.
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

  /**
   * From the fifth failure on, locks for 2^(n-5) seconds, at most 15 minutes (facts, section 3).
   */
  function fail(key: string): void {
    const count = (failures.get(key)?.count ?? 0) + 1;
    const seconds = Math.min(2 ** (count - FREE_FAILURES), LONGEST_LOCK_SECONDS);
    failures.set(key, { count, lockedUntil: count < FREE_FAILURES ? 0 : now() + seconds });
  }
}

/**
 * The only native user with this verified email address, if there is exactly one.
 *
 * @param email case-insensitive
 * @param accounts the pool's accounts
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
 * Generates a `sub` like Cognito's. It looks like a UUID, but its variant isn't valid (RFC 9562),
 * so a site that validates it strictly fails here as it would with Cognito (facts, section 9).
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
    mfa: user.mfa && { secret: user.mfa.secret, lastStep: 0, enabled: true, preferred: true },
    newAppSecret: undefined,
    passkeys: [],
    sub: user.sub ?? cognitoSub(),
    attributes: new Map(Object.entries(user.attributes)),
    verifying: new Map(),
    identities: user.identities ?? [],
    groups: new Set(user.groups),
    enabled: true,
  };
}
