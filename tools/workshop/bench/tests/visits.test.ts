import { expect, test } from 'vitest';
import { DAY_MIX, dayRequests, visits } from '@/tools/workshop/bench/visits';

/** Names sessions instead of making them. */
const forge = async (count: number) => Array.from({ length: count }, (_, index) => `s=${index}`);

function countBy(list: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const one of list) counts.set(one, (counts.get(one) ?? 0) + 1);
  return counts;
}

test('each of several people views the page ten times, and their views are mixed', async () => {
  const { cookies, paths } = await visits(40, '/me', forge, 1);
  expect([...countBy(cookies).values()]).toEqual([10, 10, 10, 10]);
  expect(new Set(paths)).toEqual(new Set(['/me']));
  expect(new Set(cookies.slice(0, 10)).size).toBeGreaterThan(1);
});

test('a day has as many sessions, views and API calls as the mix says', async () => {
  const { first, repeat, api } = DAY_MIX;
  const { cookies, paths } = await dayRequests(1100, { page: '/me', api: '/api/me' }, forge, 1);
  expect(new Set(cookies).size).toBe(first);
  expect(Object.fromEntries(countBy(paths))).toEqual({ '/me': first + repeat, '/api/me': api });
});

test('a part of a day has exactly as many requests as asked for', async () => {
  const { cookies, paths } = await dayRequests(40, { page: '/me', api: '/api/me' }, forge, 2);
  expect([cookies.length, paths.length]).toEqual([40, 40]);
  // 40 of 1,100 requests need 11 of 300 sessions.
  expect(new Set(cookies).size).toBeLessThanOrEqual(11);
});
