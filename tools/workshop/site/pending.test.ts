import type { Browser, Locator, Page, Request } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchBrowser } from '../../../tests/support/browser';
import { atWork, type Person, seatPerson } from '../../../tests/support/person';
import { type RunningSite, startSite } from '../../../tests/support/site';

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
  await atWork(page);
});
afterEach(() => person.context.close());

/**
 * Responds to a page's requests with 204: the browser stays on the page, so the test can inspect how the page shows
 * a pending request.
 *
 * @returns the requests so far
 */
async function answerNothing(path: string): Promise<Request[]> {
  const requests: Request[] = [];
  await page.route(`**${path}`, (route) => {
    requests.push(route.request());
    return route.fulfill({ status: 204 });
  });
  return requests;
}

/** The place of an element, to click it with the mouse: a locator's click would wait for the next page. */
async function placeOf(locator: Locator): Promise<[x: number, y: number]> {
  await locator.scrollIntoViewIfNeeded();
  const box = await locator.boundingBox();
  if (!box) throw new Error('The element is not visible.');
  return [box.x + box.width / 2, box.y + box.height / 2];
}

const isPending = () => page.evaluate(() => 'pending' in document.documentElement.dataset);

/** The ARIA state of a button or link while its request is pending. */
const saidBy = (selector: string) =>
  page.evaluate((found) => {
    const element = document.querySelector(found);
    return ['aria-busy', 'aria-disabled'].map((name) => element?.getAttribute(name));
  }, selector);

const REFRESH = 'form[action^="/refresh"] button';

describe('a form', () => {
  test('that is submitted twice is sent once, and shows that it is pending', async () => {
    const sent = await answerNothing('/refresh');
    const place = await placeOf(page.getByRole('button', { name: 'Refresh now' }));
    await page.mouse.dblclick(...place);
    await expect.poll(() => sent).toHaveLength(1);
    await page.mouse.click(...place);
    expect(await saidBy(REFRESH)).toEqual(['true', 'true']);
    expect(await isPending()).toBe(true);
    expect(sent).toHaveLength(1);
  });

  test('still sends the name of the button that was pressed', async () => {
    const sent = await answerNothing('/logout');
    const button = page.getByRole('button', { name: 'Sign out everywhere' });
    await page.mouse.click(...(await placeOf(button)));
    await expect.poll(() => sent[0]?.postData()).toBe('everywhere=yes');
  });

  test('can be sent again after ten seconds without a new page', async () => {
    await page.clock.install();
    await page.reload();
    await atWork(page);
    const sent = await answerNothing('/refresh');
    const place = await placeOf(page.getByRole('button', { name: 'Refresh now' }));
    await page.mouse.click(...place);
    await expect.poll(() => sent).toHaveLength(1);
    expect(await isPending()).toBe(true);
    await page.clock.fastForward(10_000);
    expect(await isPending()).toBe(false);
    expect(await saidBy(REFRESH)).toEqual([null, null]);
    await page.mouse.click(...place);
    await expect.poll(() => sent).toHaveLength(2);
  });

  test('can be sent again after going back to its page', async () => {
    const sent = await answerNothing('/refresh');
    const button = page.getByRole('button', { name: 'Refresh now' });
    await page.mouse.click(...(await placeOf(button)));
    await expect.poll(() => sent).toHaveLength(1);
    expect(await saidBy(REFRESH)).toEqual(['true', 'true']);
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow')));
    expect(await saidBy(REFRESH)).toEqual([null, null]);
    expect(await isPending()).toBe(false);
  });

  test('that a script sends never becomes pending: the theme can be changed twice', async () => {
    const sent: (string | null)[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/theme')) sent.push(request.postData());
    });
    await page.getByRole('button', { name: 'Dark theme' }).click();
    await page.getByRole('button', { name: 'Light theme' }).click();
    await expect.poll(() => sent).toEqual(['theme=dark', 'theme=light']);
    expect(await isPending()).toBe(false);
  });
});

describe('a link', () => {
  const link = () => page.getByRole('navigation').getByRole('link', { name: 'Admin' });

  test('that was followed shows that it is pending, and can be followed again', async () => {
    const asked = await answerNothing('/admin');
    const place = await placeOf(link());
    await page.mouse.click(...place);
    await expect.poll(() => asked).toHaveLength(1);
    expect(await saidBy('nav a[href="/admin"]')).toEqual(['true', null]);
    expect(await isPending()).toBe(true);
    await page.mouse.click(...place);
    await expect.poll(() => asked).toHaveLength(2);
  });

  test('to a new tab, or within the page, does not become pending', async () => {
    await answerNothing('/admin');
    await link().click({ modifiers: ['ControlOrMeta'] });
    await page.keyboard.press('Home');
    await page.locator('a[href="#content"]').focus();
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');
    expect(await isPending()).toBe(false);
  });
});
