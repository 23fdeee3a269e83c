import type { User } from '../settings';
import { cognitoSub } from '../users';
import { testUsers } from './test-seeds';

/** A person of a test's pool; all of it has defaults, so `bob: {}` is a whole person. */
export interface Person extends Partial<Omit<User, 'username' | 'attributes'>> {
  /** Default: the name at `example.com`, or the name itself if it is an address. */
  email?: string;
  /** Default: true. */
  emailVerified?: boolean;
  /** Further attributes as the pool keeps them, all text: `name`, `custom:plan` … */
  attributes?: Readonly<Record<string, string>>;
}

/** The people of a pool by user name. */
export type People = Readonly<Record<string, Person>>;

/**
 * The users that a declaration means.
 *
 * @param people by user name; users as the pool has them stay as they are; undefined for `testUsers()`
 * @throws Error for two names that differ in case only: the pool would take them for one
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

/** The pattern of `testUsers()`, which passes Cognito's default password policy. */
function defaultPassword(username: string): string {
  return `${username.charAt(0).toUpperCase()}${username.slice(1)}-password-1`;
}
