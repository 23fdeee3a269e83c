/** The user menu, the navigation, and the messages that survive a redirect. */
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { FLASHES } from '@/lib/flash-messages';
import { launchBrowser } from '../support/browser';
import { cookieName } from '../support/http';
import { controlProblems, shapeProblems } from '../support/page-problems';
import { type Person, pressSignOut, seatPerson } from '../support/person';
import { type RunningSite, startSite } from '../support/site';

let site: RunningSite;
let browser: Browser;
let person: Person;
beforeAll(async () => {
  [site, browser] = await Promise.all([startSite(), launchBrowser()]);
});
afterAll(() => Promise.all([browser?.close(), site?.close()]));
afterEach(() => person.context.close());

const menu = () => person.page.locator('#user-menu');
const notice = () => person.page.locator('[role="status"] p').first();
const isOpen = () => menu().evaluate((element) => element.matches(':popover-open'));

test.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('%s, the user menu opens with a key, names the user, and signs out', async (_, scripts) => {
  person = await seatPerson(browser, site, { javaScriptEnabled: scripts });
  await person.signIn('alice', '/account');
  const opener = person.page.locator('header button[popovertarget]');
  await opener.focus();
  await person.page.keyboard.press('Enter');
  expect(await menu().innerText()).toMatch(/Alice Archer\s+alice@example.com/);
  await person.page.keyboard.press('Escape');
  expect(await opener.evaluate((button) => button === document.activeElement)).toBe(true);
  expect(await isOpen()).toBe(false);
  await pressSignOut(person.page);
  await person.page.waitForURL(`${site.origin}/`);
  expect(await notice().innerText()).toContain(FLASHES.signedOut);
  expect(person.complaints).toEqual([]);
});

test.each([320, 390, 800])('at %d px, the user menu stays inside the margin', async (width) => {
  person = await seatPerson(browser, site, { viewport: { width, height: 700 } });
  await person.signIn('alice', '/notes');
  const rightOf = (selector: string) =>
    person.page
      .locator(selector)
      .first()
      .evaluate((element) => Math.round(element.getBoundingClientRect().right));
  expect(await rightOf('header button[popovertarget]')).toBeLessThanOrEqual(
    await person.page.evaluate(() => {
      const header = document.querySelector('header') ?? document.body;
      return Math.round(innerWidth - Number.parseFloat(getComputedStyle(header).paddingRight));
    }),
  );
});

test.each([320, 360, 378])('at %d px, a long name breaks no word of a control', async (width) => {
  person = await seatPerson(browser, site, { viewport: { width, height: 700 } });
  await person.signIn('alice', '/account');
  await person.page.fill('#profile-name', 'Wolfeschlegelsteinhausenbergerdorff '.repeat(3).trim());
  await person.page.getByRole('button', { name: 'Save', exact: true }).click();
  await person.page.locator('header', { hasText: 'Wolfeschlegel' }).waitFor();
  for (const path of ['/account', '/', '/profile', '/admin', '/notes']) {
    await person.open(path);
    await person.page.locator('header button[popovertarget]').click();
    const problems = await person.page.evaluate(controlProblems);
    expect([path, ...problems, ...(await shapeProblems(person.page))]).toEqual([path]);
  }
});

test('a message is shown once', async () => {
  person = await seatPerson(browser, site);
  await person.signIn('alice', '/account');
  await pressSignOut(person.page);
  await person.page.waitForURL(`${site.origin}/`);
  await notice().waitFor();
  await expect
    .poll(async () => (await person.context.cookies()).map(({ name }) => name))
    .not.toContain('flash');
  await person.open('/');
  expect(await notice().count()).toBe(0);
});

test('a user who had to sign in again reads so', async () => {
  person = await seatPerson(browser, site);
  await person.signIn('alice', '/account');
  await person.signInByPages('alice', '/login?returnTo=/account');
  expect(await notice().innerText()).toContain(FLASHES.signedInAgain);
});

test.each([
  ['another page', 'saved /admin'],
  ['a text of its own', '<b>You won</b> /account'],
  ['the name of a property', 'constructor /account'],
  ['nothing', ''],
])('a cookie that names %s shows nothing', async (_, value) => {
  person = await seatPerson(browser, site);
  await person.signIn('alice', '/account');
  await person.context.addCookies([
    { name: cookieName(site.origin, 'flash'), value: encodeURIComponent(value), url: site.origin },
  ]);
  await person.open('/account');
  expect(await notice().count()).toBe(0);
  expect(await person.page.locator('main').innerText()).not.toContain('You won');
});

test('the navigation has the pages of a group only for its members, and marks the page', async () => {
  person = await seatPerson(browser, site);
  const links = () => person.page.locator('header nav a').allInnerTexts();
  await person.page.goto('/');
  expect(await links()).not.toContain('Admin');
  await person.signIn('bob', '/account');
  expect(await links()).not.toContain('Admin');
  await person.signIn('alice', '/admin');
  expect(await links()).toContain('Admin');
  expect(await person.page.locator('nav [aria-current="page"]').innerText()).toBe('Admin');
});

test.each(['/logout', '/robots.txt'])(
  'a visitor who goes on to %s leaves no error in the console',
  async (path) => {
    person = await seatPerson(browser, site);
    await person.signIn('alice', '/account');
    await person.page.evaluate((next) => {
      location.href = next;
    }, path);
    await person.page.waitForURL(`${site.origin}${path}`);
    await person.page.waitForLoadState();
    expect(person.complaints).toEqual([]);
  },
);
