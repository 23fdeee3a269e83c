import type { Browser, Page, Route } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser';
import { type Person, seatPerson } from '../support/person';
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
  await person.signIn('alice');
  await page.waitForLoadState('networkidle');
});
afterEach(() => person.context.close());

/** A server that takes its time: every request to this path waits to be let on. */
async function hold(path: string): Promise<Route[]> {
  const waiting: Route[] = [];
  await page.route(`**${path}`, (route) => void waiting.push(route));
  return waiting;
}

const isPending = () => page.evaluate(() => 'pending' in document.documentElement.dataset);

describe('a form', () => {
  test('that is pressed twice is sent once, and says that it is on its way', async () => {
    const waiting = await hold('/refresh');
    const button = page.getByRole('button', { name: 'Refresh now' });
    await button.dblclick();
    await button.click();
    expect(waiting).toHaveLength(1);
    expect(await button.getAttribute('aria-disabled')).toBe('true');
    expect(await button.getAttribute('aria-busy')).toBe('true');
    expect(await isPending()).toBe(true);
    await waiting[0]?.continue();
    await page.waitForURL(/\/profile#refreshed$/);
    expect(await isPending()).toBe(false);
    expect(person.complaints).toEqual([]);
  });

  test('still sends the name of the button that was pressed', async () => {
    const waiting = await hold('/logout');
    await page.getByRole('button', { name: 'Sign out everywhere' }).dblclick();
    expect(waiting.map((route) => route.request().postData())).toEqual(['everywhere=yes']);
  });

  test('can be sent again when nothing came of it', async () => {
    await page.clock.install();
    await page.reload({ waitUntil: 'networkidle' });
    const waiting = await hold('/refresh');
    const button = page.getByRole('button', { name: 'Refresh now' });
    await button.click();
    expect(await isPending()).toBe(true);
    await page.clock.fastForward(10_000);
    expect(await isPending()).toBe(false);
    expect(await button.getAttribute('aria-disabled')).toBe(null);
    await button.click();
    expect(waiting).toHaveLength(2);
  });

  test('of a page that was gone back to can be sent again', async () => {
    await hold('/refresh');
    const button = page.getByRole('button', { name: 'Refresh now' });
    await button.click();
    expect(await button.getAttribute('aria-disabled')).toBe('true');
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow')));
    expect(await button.getAttribute('aria-disabled')).toBe(null);
    expect(await isPending()).toBe(false);
  });

  test('that a script sends is none of it: the colours can be changed twice', async () => {
    const sent: (string | null)[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/theme')) sent.push(request.postData());
    });
    await page.getByRole('button', { name: 'Dark colours' }).click();
    await page.getByRole('button', { name: 'Light colours' }).click();
    await expect.poll(() => sent).toEqual(['theme=dark', 'theme=light']);
    expect(await isPending()).toBe(false);
  });
});

describe('a link', () => {
  const link = () => page.getByRole('navigation').getByRole('link', { name: 'Admin' });

  test('that was followed says so until its page is there', async () => {
    const waiting = await hold('/admin');
    await link().click();
    expect(await link().getAttribute('aria-busy')).toBe('true');
    expect(await isPending()).toBe(true);
    await waiting[0]?.continue();
    await page.waitForURL('/admin');
    expect(await isPending()).toBe(false);
  });

  test('to a new tab, or within the page, is not waited for', async () => {
    await hold('/admin');
    await link().click({ modifiers: ['ControlOrMeta'] });
    await page.keyboard.press('Home');
    await page.locator('a[href="#content"]').focus();
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');
    expect(await isPending()).toBe(false);
  });
});
