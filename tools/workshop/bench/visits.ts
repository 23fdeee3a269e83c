import { shuffled } from './figures';

/** Views of a user in a visit, as in `docs/cost-at-scale.md`. */
export const VIEWS = 10;

/**
 * What 1,000 page views of a day consist of, as `docs/cost-at-scale.md` calculates it. Each visit's first view finds expired
 * tokens, and is the refresh.
 */
export const DAY_MIX = {
  /** Other views of a session that the process has never seen. */
  first: 300,
  repeat: 600,
  api: 200,
  refreshes: 100,
  signIns: 10 / 3,
} as const;

/** A `Cookie` header and a path for each request. */
export interface Requests {
  readonly cookies: readonly string[];
  readonly paths: readonly string[];
}

/**
 * The requests of people who each view a page several times, in random order.
 *
 * @param count how many requests
 * @param path of the page
 * @param forge makes new sessions
 * @param seed of the order
 */
export async function visits(
  count: number,
  path: string,
  forge: (count: number) => Promise<string[]>,
  seed: number,
): Promise<Requests> {
  const sessions = await forge(Math.ceil(count / VIEWS));
  const all = sessions.flatMap((cookie) => Array.from({ length: VIEWS }, () => ({ cookie, path })));
  return inOrder(all, count, seed);
}

/**
 * The views and API calls of a day in one process, without refreshes and sign-ins, in random order.
 *
 * @param count how many requests
 * @param page the path of the page
 * @param api the path of the API
 * @param forge makes new sessions
 * @param seed of the order
 */
export async function dayRequests(
  count: number,
  { page, api }: { readonly page: string; readonly api: string },
  forge: (count: number) => Promise<string[]>,
  seed: number,
): Promise<Requests> {
  const { first, repeat, api: calls } = DAY_MIX;
  const sessions = await forge(Math.ceil((count * first) / (first + repeat + calls)));
  const all = sessions.flatMap((cookie, index) => {
    const views = Array.from({ length: 1 + repeat / first }, () => ({ cookie, path: page }));
    // Not every session calls the API: exactly as many as in the mix.
    const before = Math.floor((index * calls) / first);
    const called = Math.floor(((index + 1) * calls) / first) - before;
    return [...views, ...Array.from({ length: called }, () => ({ cookie, path: api }))];
  });
  return inOrder(all, count, seed);
}

function inOrder(
  all: readonly { readonly cookie: string; readonly path: string }[],
  count: number,
  seed: number,
): Requests {
  const some = shuffled(all, seed).slice(0, count);
  return { cookies: some.map(({ cookie }) => cookie), paths: some.map(({ path }) => path) };
}
