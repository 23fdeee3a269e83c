import { expect } from 'vitest';
import type { LocalPool } from '../src/pool';
import { claimsOf, DOMAIN, get, location, post, type Tokens } from './support';

/** The panel's path. */
export const PANEL = '/local-control';
/** The headers that a browser sends with the panel's own forms. */
export const SAME_ORIGIN = { origin: DOMAIN, 'sec-fetch-site': 'same-origin' };

/** Presses a button of the panel, and returns the page that follows. */
export async function press(pool: LocalPool, form: Record<string, string>): Promise<string> {
  const response = await post(pool, PANEL, form, SAME_ORIGIN);
  expect(response.status).toBe(303);
  const { pathname, search, hash } = location(response);
  expect([pathname, hash]).toEqual([PANEL, '#done']);
  return await (await get(pool, pathname + search)).text();
}

/** What the panel says was done; undefined if it says nothing. */
export const doneOn = (page: string) => /id="done" tabindex="-1">([^<]*)</.exec(page)?.[1];

/** The panel's current HTML. */
export const panelOf = async (pool: LocalPool) => await (await get(pool, PANEL)).text();

/** The lifetimes of the ID and the access token, in seconds. */
export const lifetimesOf = (tokens: Tokens) =>
  [tokens.id_token, tokens.access_token].map((token) => {
    const { iat, exp } = claimsOf(token);
    return Number(exp) - Number(iat);
  });
