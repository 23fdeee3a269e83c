import type { AppClient, User } from './settings';

/**
 * Checks seeds that were loaded at run time, without a type check.
 *
 * @param seeds.users the users; undefined skips them
 * @param seeds.clients the app clients; undefined skips them
 * @returns null if all is well; otherwise one sentence that names the entry and the field
 */
export function seedProblem(seeds: { users?: unknown; clients?: unknown }): string | null {
  const { users, clients } = seeds;
  return (
    (users === undefined ? null : problemOf(users, 'user', userProblem)) ??
    (clients === undefined ? null : problemOf(clients, 'app client', clientProblem))
  );
}

/** Whether an object of unknown origin holds valid seeds. */
export function areSeeds(seeds: object): seeds is { users: User[]; clients: AppClient[] } {
  return 'users' in seeds && 'clients' in seeds && seedProblem(seeds) === null;
}

type Fields = Readonly<Record<string, unknown>>;

/** Returns what is wrong with an entry, or the name that no other entry may have. */
type Judge = (entry: Fields) => { wrong: string } | { name: string };

function problemOf(list: unknown, what: string, judge: Judge): string | null {
  if (!Array.isArray(list)) return `The ${what}s must be a list.`;
  const names = new Set<string>();
  for (const [index, entry] of list.entries()) {
    if (!isRecord(entry)) return `The ${what} at position ${index + 1} must be an object.`;
    const judged = judge(entry);
    if ('wrong' in judged) return `The ${what} ${nameOf(entry, index)} ${judged.wrong}.`;
    if (names.has(judged.name)) return `There are two ${what}s named "${judged.name}".`;
    names.add(judged.name);
  }
  return list.length === 0 && what === 'app client' ? 'There must be an app client.' : null;
}

function userProblem(user: Fields): ReturnType<Judge> {
  const { username, password, sub, groups, attributes } = user;
  if (!isName(username)) return { wrong: 'has no username' };
  if (!isName(password)) return { wrong: 'has no password' };
  if (sub !== undefined && !isName(sub)) return { wrong: 'has a sub that is not a string' };
  if (!isTextList(groups)) return { wrong: 'has no groups: use a list of names, or []' };
  if (!isRecord(attributes)) return { wrong: 'has no attributes: use an object of strings, or {}' };
  const odd = Object.entries(attributes).find(([, value]) => typeof value !== 'string');
  if (odd) return { wrong: `has an attribute "${odd[0]}" that is not a string` };
  return { name: username.toLowerCase() };
}

const LIFETIMES = ['accessTokenSeconds', 'idTokenSeconds', 'refreshTokenSeconds'];
const LISTS = ['redirectUris', 'logoutUris', 'scopes', 'identityProviders'];

function clientProblem(client: Fields): ReturnType<Judge> {
  const { clientId, clientSecret } = client;
  if (!isName(clientId)) return { wrong: 'has no clientId' };
  if (clientSecret !== undefined && !isName(clientSecret)) {
    return { wrong: 'has a clientSecret that is not a string' };
  }
  const noList = LISTS.find((field) => !isTextList(client[field]));
  if (noList) return { wrong: `has no ${noList}: use a list of strings, or []` };
  const noLife = LIFETIMES.find((field) => !(Number(client[field]) > 0));
  if (noLife) return { wrong: `has no ${noLife}: use a number of seconds` };
  return { name: clientId };
}

function nameOf(entry: Fields, index: number): string {
  const name = entry.username ?? entry.clientId;
  return isName(name) ? `"${name}"` : `at position ${index + 1}`;
}

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function isTextList(value: unknown): boolean {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}
