import { expect } from 'vitest';
import type { LocalPool } from '../src/pool';
import { claimsOf, DOMAIN, get, location, post, type Tokens } from './support';

/** Where the panel is. */
export const PANEL = '/local-control';
/** What a browser sends along with a form of the panel's own. */
export const SAME_ORIGIN = { origin: DOMAIN, 'sec-fetch-site': 'same-origin' };

/** Presses a button of the panel, and reads the page that follows. */
export async function press(pool: LocalPool, form: Record<string, string>): Promise<string> {
  const response = await post(pool, PANEL, form, SAME_ORIGIN);
  expect(response.status).toBe(303);
  const { pathname, search, hash } = location(response);
  expect([pathname, hash]).toEqual([PANEL, '#done']);
  return await (await get(pool, pathname + search)).text();
}

/** What the panel says was done, and nothing if it says nothing. */
export const doneOn = (page: string) => /id="done" tabindex="-1">([^<]*)</.exec(page)?.[1];

/** The panel as it is now. */
export const panelOf = async (pool: LocalPool) => await (await get(pool, PANEL)).text();

/** How long the ID and the access token live, in seconds. */
export const livesOf = (tokens: Tokens) =>
  [tokens.id_token, tokens.access_token].map((token) => {
    const { iat, exp } = claimsOf(token);
    return Number(exp) - Number(iat);
  });
