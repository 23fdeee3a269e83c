/** The demo's pages: they are public, and every page links to them. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../../../../tests/support/browser';
import { seatPerson } from '../../../../tests/support/person';
import { type RunningSite, startSite } from '../../../../tests/support/site';
import { createVisitor } from '../../../../tests/support/visitor';

const PAGES = ['/flow', '/source'];

let site: RunningSite;
let browser: Browser;
beforeAll(async () => {
  [site, browser] = await Promise.all([startSite(), launchBrowser()]);
});
afterAll(() => Promise.all([browser?.close(), site?.close()]));

test.each(PAGES)('%s is public, and in the sitemap', async (path) => {
  const visitor = createVisitor(site.origin);
  expect((await visitor.open(path)).status).toBe(200);
  expect((await visitor.open('/sitemap.xml')).body).toContain(`<loc>${site.origin}${path}</loc>`);
});

test('alice can go to the flow from any page', async () => {
  const person = await seatPerson(browser, site);
  await person.signIn('alice', '/admin');
  await person.page.getByRole('link', { name: 'Flow', exact: true }).click();
  await person.page.waitForURL('/flow');
  expect(await person.page.locator('h1').textContent()).toBe('The flow');
  expect(person.complaints).toEqual([]);
  await person.context.close();
});

test.each(PAGES)('%s fits a phone of 320 pixels', async (path) => {
  const phone = await seatPerson(browser, site, { viewport: { width: 320, height: 640 } });
  await phone.page.goto(path);
  const overflow = await phone.page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
  await phone.context.close();
});
