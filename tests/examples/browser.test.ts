/**
 * Example: a test in a real browser, against the built site (run `npm run build` first) and the local
 * pool's hosted UI. Copy this file to start your own.
 */
import { afterAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser';
import { startLocalPool } from '../support/local-pool';
import { freePort, startServer } from '../support/site';

const port = await freePort();
const users = { carol: { attributes: { name: 'Carol Cooper' } }, bob: {} };
const pool = await startLocalPool({ site: `http://localhost:${port}`, users });
const [site, browser] = await Promise.all([startServer(port, pool.environment()), launchBrowser()]);
afterAll(() => Promise.all([browser.close(), site.close(), pool.close()]));

test('carol signs in on the hosted UI and sees her name', async () => {
  const page = await browser.newPage();
  await pool.signInAs(page, 'carol', { path: '/profile' });
  expect(await page.locator('h1').textContent()).toBe('Carol Cooper');
  // Another user can sign in with the same browser.
  await pool.signInAs(page, 'bob', { path: '/profile' });
  expect(await page.locator('h1').textContent()).toContain('bob');
});

test('carol sees her name after a direct sign-in', async () => {
  const page = await browser.newPage();
  // `directly` sets the session cookie and skips the hosted UI. Use it when sign-in isn't what you test.
  await pool.signInAs(page, 'carol', { path: '/profile', directly: true });
  expect(await page.locator('h1').textContent()).toBe('Carol Cooper');
});
