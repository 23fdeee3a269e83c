import type { User } from '../settings';
import { cognitoSub } from '../users';
import { testUsers } from './test-seeds';

/** A user of a test pool. Every field has a default, so `bob: {}` is a complete user. */
export interface Person extends Partial<Omit<User, 'username' | 'attributes'>> {
  /** Default: the username at `example.com`, or the username itself if it is an email address. */
  email?: string;
  /** Default: true. */
  emailVerified?: boolean;
  /** More attributes, all of them strings: `name`, `custom:plan` … */
  attributes?: Readonly<Record<string, string>>;
}

/** The users of a pool, by username. */
export type People = Readonly<Record<string, Person>>;

/**
 * Turns a declaration into users.
 *
 * @param people users by username, a list of complete users, or undefined for `testUsers()`
 * @throws Error if two usernames differ in case only: the pool would treat them as one
 */
export function toUsers(people: People | readonly User[] | undefined): readonly User[] {
  if (people === undefined) return testUsers();
  if (isList(people)) return people;
  const names = new Map<string, string>();
  return Object.entries(people).map(([username, person]) => {
    const other = names.get(username.toLowerCase());
    if (other !== undefined) {
      throw new Error(`The users "${other}" and "${username}" differ in case only.`);
    }
    names.set(username.toLowerCase(), username);
    return declareUser(username, person);
  });
}

function isList(people: People | readonly User[]): people is readonly User[] {
  return Array.isArray(people);
}

function declareUser(username: string, person: Person): User {
  const { email, emailVerified = true, attributes, ...rest } = person;
  return {
    ...rest,
    username,
    password: rest.password ?? defaultPassword(username),
    sub: rest.sub ?? cognitoSub(),
    groups: rest.groups ?? [],
    attributes: {
      email: email ?? (username.includes('@') ? username : `${username}@example.com`),
      email_verified: String(emailVerified),
      ...attributes,
    },
  };
}

/** Follows the pattern of `testUsers()`, which satisfies Cognito's default password policy. */
function defaultPassword(username: string): string {
  return `${username.charAt(0).toUpperCase()}${username.slice(1)}-password-1`;
}
