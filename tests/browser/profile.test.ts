import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { NAME } from '@/lib/site';
import { launchBrowser } from '../support/browser';
import { arrive, type Person, seatPerson } from '../support/person';
import { type RunningSite, startSite } from '../support/site';

let site: RunningSite;
let browser: Browser;
let person: Person;
let page: Page;
beforeAll(async () => {
  [site, browser] = await Promise.all([startSite(), launchBrowser()]);
});
afterAll(() => Promise.all([browser?.close(), site?.close()]));
beforeEach(async () => {
  person = await seatPerson(browser, site);
  page = person.page;
});
afterEach(() => person.context.close());

describe('the copy button', () => {
  const sub = () => page.locator('#sub').textContent();
  const button = () => page.getByRole('button', { name: 'Copy your sub' });

  test('copies, confirms it, and then shows its label again', async () => {
    await person.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await arrive(person, site);
    await page.clock.install();
    await person.open('/profile');
    await button().click();
    await page
      .getByRole('status')
      .filter({ hasText: /^Copied$/ })
      .waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await sub());
    await page.clock.fastForward(2000);
    expect(await button().textContent()).toBe('CopyCopy your sub');
  });

  test('selects the text if there is no access to the clipboard', async () => {
    await arrive(person, site);
    await page.addInitScript(() => {
      Object.defineProperty(navigator, 'clipboard', { value: undefined });
    });
    await person.open('/profile');
    await button().click();
    await page
      .getByRole('status')
      .filter({ hasText: /^Selected$/ })
      .waitFor();
    expect(await page.evaluate(() => getSelection()?.toString())).toBe(await sub());
  });
});

test('each page has its name in its title', async () => {
  await person.signIn('alice');
  const titles: string[] = [];
  for (const path of ['/profile', '/admin', '/sensitive', '/']) {
    await page.goto(path);
    titles.push(await page.title());
  }
  expect(titles).toEqual([`Profile · ${NAME}`, `Admin · ${NAME}`, `Sensitive · ${NAME}`, NAME]);
});

test('a user without groups sees that, and which group the admin page needs', async () => {
  await person.signIn('bob');
  await page.getByText('You are not in any groups.').waitFor();
  const answered = page.waitForResponse(`${site.origin}/admin`);
  await page.getByRole('link', { name: 'admin page' }).click();
  expect((await answered).status()).toBe(403);
  expect(await page.locator('h1').textContent()).toBe('You do not have access to this page');
  expect(await page.locator('main').textContent()).toContain('group admin');
});
