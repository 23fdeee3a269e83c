import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../../../tests/support/browser';
import { seatPerson } from '../../../tests/support/person';
import { type RunningSite, startSite } from '../../../tests/support/site';

let site: RunningSite;
let browser: Browser;
beforeAll(async () => {
  [site, browser] = await Promise.all([startSite(), launchBrowser()]);
});
afterAll(() => Promise.all([browser?.close(), site?.close()]));

const ground = () => getComputedStyle(document.body).backgroundColor;

test('dark mode applies immediately, without a page load, and stays on', async () => {
  const { page, context, complaints } = await seatPerson(browser, site, { colorScheme: 'light' });
  await page.goto('/');
  await page.waitForFunction(() => 'next' in window);
  const light = await page.evaluate(ground);
  await page.evaluate(() => Reflect.set(window, 'same', true));
  const remembered = page.waitForResponse(`${site.origin}/theme`);
  const button = page.getByRole('button', { name: 'Dark theme' });
  await button.click();
  await remembered;
  expect(await page.evaluate(ground)).not.toBe(light);
  expect(await button.getAttribute('aria-pressed')).toBe('true');
  expect(await page.evaluate(() => Reflect.get(window, 'same'))).toBe(true);
  await page.reload();
  expect(await page.evaluate(ground)).not.toBe(light);
  expect(await button.getAttribute('aria-pressed')).toBe('true');
  expect(complaints).toEqual([]);
  await context.close();
});

test('dark mode can be chosen without JavaScript, and the form leads back to the page', async () => {
  const person = await seatPerson(browser, site, { javaScriptEnabled: false });
  await person.signIn('alice', '/profile?from=a%20link');
  await person.page.getByRole('button', { name: 'Dark theme' }).click();
  await person.page.waitForURL(`${site.origin}/profile?from=a%20link`);
  expect(await person.page.locator('html').getAttribute('data-theme')).toBe('dark');
  await person.context.close();
});
