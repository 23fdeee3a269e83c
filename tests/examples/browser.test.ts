/** A test of yours in a real browser: the built site, and the hosted UI's own pages. */
import { afterAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser';
import { startLocalPool } from '../support/local-pool';
import { freePort, startServer } from '../support/site';

const port = await freePort();
const users = { carol: { attributes: { name: 'Carol Cooper' } }, bob: {} };
const pool = await startLocalPool({ site: `http://localhost:${port}`, users });
const [site, browser] = await Promise.all([startServer(port, pool.environment()), launchBrowser()]);
afterAll(() => Promise.all([browser.close(), site.close(), pool.close()]));

test('carol signs in on the pages and sees her name', async () => {
  const page = await browser.newPage();
  await pool.signInAs(page, 'carol', { path: '/profile' });
  expect(await page.locator('h1').textContent()).toBe('Carol Cooper');
  // The same browser, somebody else.
  await pool.signInAs(page, 'bob', { path: '/profile' });
  expect(await page.locator('h1').textContent()).toContain('bob');
});

test('carol is signed in at once, where the sign-in is not what is tested', async () => {
  const page = await browser.newPage();
  await pool.signInAs(page, 'carol', { path: '/profile', directly: true });
  expect(await page.locator('h1').textContent()).toBe('Carol Cooper');
});
