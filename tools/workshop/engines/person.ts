import type { RunningSite } from '../../../tests/support/site';
import { type Tab, until, visible } from './engine';

/**
 * Fills in the hosted UI's form, which the tab shows.
 *
 * @param tab of a profile
 * @param username of the pool's test users
 */
export async function fillIn(tab: Tab, username = 'alice'): Promise<void> {
  const password = `${username.charAt(0).toUpperCase()}${username.slice(1)}-password-1`;
  await until(tab, visible('input[name="password"]'));
  await tab.type('input[name="username"]', username);
  await tab.type('input[name="password"]', password);
  await tab.click('[name="signInSubmitButton"]');
}

/**
 * Opens a private page and signs in.
 *
 * @param tab of a profile
 * @param site the running site
 * @param path of the page
 * @param username of the pool's test users
 */
export async function signIn(
  tab: Tab,
  site: RunningSite,
  path = '/profile',
  username = 'alice',
): Promise<void> {
  await tab.open(`${site.origin}${path}`);
  await fillIn(tab, username);
  await arrive(tab, `${site.origin}${path}`);
}

/** Waits until a page of the site has loaded and React, if it runs, has hydrated it. */
export async function arrive(tab: Tab, url: string): Promise<void> {
  await until(
    tab,
    `location.href === ${JSON.stringify(url)} && document.readyState === 'complete'`,
  );
  await until(tab, HYDRATED);
}

/** Whether the page works: React marks the elements that it has taken over. */
const HYDRATED = `!window.next || Object.keys(document.querySelector('main')).some((key) => key.startsWith('__react'))`;

/**
 * Signs out from the user menu.
 *
 * @param tab shows a page of the site
 * @param site the running site
 */
export async function pressSignOut(tab: Tab, site: RunningSite): Promise<void> {
  await tab.click('header button[popovertarget]');
  await tab.click('header form[action="/logout"] button');
  await arrive(tab, `${site.origin}/`);
  await until(tab, `document.querySelector('header a[href^="/login"]')`);
}
