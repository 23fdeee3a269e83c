import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser';
import { arrive, atWork, type Person, seatPerson } from '../support/person';
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

test('"Refresh now" gets new tokens and returns to the profile', async () => {
  await person.signIn('alice');
  const jti = () => person.page.locator('tr', { hasText: /^jti/ }).locator('td').textContent();
  const before = await jti();
  await person.page.getByRole('button', { name: 'Refresh now' }).click();
  await person.page.waitForURL('/profile');
  expect(await jti()).not.toBe(before);
  expect(person.complaints).toEqual([]);
});

test.each([true, false])(
  'after a refresh, focus is on the message about it (JavaScript: %s)',
  async (on) => {
    const visitor = await seatPerson(browser, site, { javaScriptEnabled: on });
    await arrive(visitor, site);
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
    await arrive(person, site);
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
    await arrive(plain, site);
    await plain.page.goto('/profile');
    const text = await plain.page.getByRole('listitem').filter({ hasText: 'ID token' }).innerText();
    expect(text).toMatch(/(49|50) minutes/);
    expect(await plain.page.getByRole('button', { name: 'Call signed in' }).count()).toBe(0);
    expect(await plain.page.getByRole('button', { name: 'Copy' }).count()).toBe(0);
    await plain.page.getByRole('link', { name: '/api/me' }).click();
    expect(await plain.page.locator('body').textContent()).toContain('"cognito:username":"alice"');
    await plain.context.close();
  });
});

describe('calling the API from the page', () => {
  test('shows the claims of a signed-in user', async () => {
    await arrive(person, site);
    await person.open('/profile');
    await page.getByRole('button', { name: 'Call signed in' }).click();
    await page.getByText(/^200 OK, \d+ bytes in \d+ ms$/).waitFor();
    const shown = await page.locator('pre').allTextContents();
    expect(shown[0]).toContain('GET /api/me');
    expect(shown[1]).toContain('content-type: application/json');
    expect(shown[2]).toContain('  "cognito:username": "alice"');
    expect(person.complaints).toEqual([]);
  });

  test('shows a 401 for a call without cookies', async () => {
    await arrive(person, site);
    await person.open('/profile');
    await page.getByRole('button', { name: 'Call signed out' }).click();
    await page.getByText(/^401 Unauthorized, /).waitFor();
    const shown = await page.locator('pre').allTextContents();
    expect(shown[1]).toContain('www-authenticate: Bearer');
    expect(shown[2]).toContain('"error": "unauthorized"');
    expect(await page.locator('header').textContent()).toContain('Signed in as Alice Archer');
  });
});
