import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { NAME } from '@/lib/site';
import { bringCookies } from '../support/bring-cookies';
import { launchBrowser } from '../support/browser';
import { comeBack } from '../support/expired';
import { atWork, type Person, seatPerson } from '../support/person';
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

/** Gives the browser a session of alice, who signed in ten minutes ago. */
async function arrive(who: Person): Promise<void> {
  await bringCookies(who, await comeBack(site, { ago: 600 }), site.origin);
}

test.each([true, false])(
  'after a refresh, focus is on the message about it (JavaScript: %s)',
  async (on) => {
    const visitor = await seatPerson(browser, site, { javaScriptEnabled: on });
    await arrive(visitor);
    await visitor.page.goto('/profile');
    expect(await visitor.page.getByText('were refreshed just now').count()).toBe(0);
    await visitor.page.getByRole('button', { name: 'Refresh now' }).click();
    await visitor.page.waitForURL('/profile');
    if (on) await atWork(visitor.page);
    expect(await visitor.page.locator(':focus').textContent()).toContain('were refreshed just now');
    await visitor.context.close();
  },
);

describe('the time left of each token', () => {
  test('counts down, and says what happens at the end', async () => {
    await arrive(person);
    await page.clock.install({ time: new Date('2020-02-02T02:02:02Z') });
    await person.open('/profile');
    const token = page.getByRole('listitem').filter({ hasText: /^Access token/ });
    const bar = token.getByRole('img');
    const width = async () => Number(await bar.locator('rect').nth(1).getAttribute('width'));
    expect(await token.textContent()).toMatch(/(49|50) minutes/);
    expect(await width()).toBeCloseTo((50 / 60) * 100, 0);
    await page.clock.fastForward('20:00');
    await token.getByText(/(29|30) minutes/).waitFor();
    expect(await bar.getAttribute('aria-label')).toMatch(/^Access token: (29|30) minutes left$/);
    expect(await width()).toBeCloseTo(50, 0);
    await page.clock.fastForward('31:00');
    await token.getByText('expired, the next page refreshes it').waitFor();
    expect(await width()).toBe(0);
    expect(person.complaints).toEqual([]);
  });

  test('is also shown without JavaScript', async () => {
    const plain = await seatPerson(browser, site, { javaScriptEnabled: false });
    await arrive(plain);
    await plain.page.goto('/profile');
    const text = await plain.page.getByRole('listitem').filter({ hasText: 'ID token' }).innerText();
    expect(text).toMatch(/(49|50) minutes/);
    expect(await plain.page.getByRole('button', { name: 'Call it signed in' }).count()).toBe(0);
    expect(await plain.page.getByRole('button', { name: 'Copy' }).count()).toBe(0);
    await plain.page.getByRole('link', { name: '/api/me' }).click();
    expect(await plain.page.locator('body').textContent()).toContain('"cognito:username":"alice"');
    await plain.context.close();
  });
});

describe('calling the API from the page', () => {
  test('shows the claims of a signed-in user', async () => {
    await arrive(person);
    await person.open('/profile');
    await page.getByRole('button', { name: 'Call it signed in' }).click();
    await page.getByText(/^200 OK, \d+ bytes in \d+ ms$/).waitFor();
    const shown = await page.locator('pre').allTextContents();
    expect(shown[0]).toContain('GET /api/me');
    expect(shown[1]).toContain('content-type: application/json');
    expect(shown[2]).toContain('  "cognito:username": "alice"');
    expect(person.complaints).toEqual([]);
  });

  test('shows a 401 for a call without cookies', async () => {
    await arrive(person);
    await person.open('/profile');
    await page.getByRole('button', { name: 'Call it signed out' }).click();
    await page.getByText(/^401 Unauthorized, /).waitFor();
    const shown = await page.locator('pre').allTextContents();
    expect(shown[1]).toContain('www-authenticate: Bearer');
    expect(shown[2]).toContain('"error": "unauthorized"');
    expect(await page.locator('header').textContent()).toContain('Signed in as Alice Archer');
  });
});

describe('the copy button', () => {
  const sub = () => page.locator('#sub').textContent();
  const button = () => page.getByRole('button', { name: 'Copy your sub' });

  test('copies, confirms it, and then shows its label again', async () => {
    await person.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await arrive(person);
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
    await arrive(person);
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
