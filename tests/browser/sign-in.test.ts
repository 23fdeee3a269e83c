import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser';
import { type Person, pressSignOut, seatPerson } from '../support/person';
import { type RunningSite, startSite } from '../support/site';

let site: RunningSite;
let browser: Browser;
let person: Person;
beforeAll(async () => {
  [site, browser] = await Promise.all([startSite(), launchBrowser()]);
});
afterAll(() => Promise.all([browser?.close(), site?.close()]));
beforeEach(async () => {
  person = await seatPerson(browser, site);
});
afterEach(() => person.context.close());

const heading = () => person.page.locator('h1').textContent();

test('alice signs in and sees her claims and her group’s page', async () => {
  const { page } = person;
  await person.signInByPages('alice', '/profile?from=a%20link');
  expect(page.url()).toBe(`${site.origin}/profile?from=a%20link`);
  expect(await heading()).toBe('Alice Archer');
  await page.getByRole('link', { name: 'Admin' }).click();
  expect(await heading()).toBe('Admin');
  expect(person.complaints).toEqual([]);
});

test('after signing out, Back shows nothing private', async () => {
  const { page } = person;
  await person.signIn('alice');
  await page.goto('/admin');
  await pressSignOut(page);
  await page.waitForURL(`${site.origin}/`);
  await page.locator('header a[href^="/login"]').waitFor();
  await page.goBack({ waitUntil: 'domcontentloaded' });
  await page.locator('input[name="password"]:visible').first().waitFor();
  expect(page.url()).toContain(site.environment.COGNITO_DOMAIN);
  expect(await page.locator('body').textContent()).not.toContain('Verified claims');
  expect(person.complaints).toEqual([]);
});

test('two tabs that sign in at the same time each end on their own page', async () => {
  const other = await person.newTab();
  await person.page.goto('/profile?tab=1');
  await other.goto('/admin?tab=2');
  await other.locator('input[name="username"]:visible').first().fill('alice');
  await other.locator('input[name="password"]:visible').first().fill('Alice-password-1');
  await other.locator('[name="signInSubmitButton"]:visible').first().click();
  await other.waitForURL(`${site.origin}/admin?tab=2`);
  await person.page.locator('input[name="username"]:visible').first().fill('alice');
  await person.page.locator('input[name="password"]:visible').first().fill('Alice-password-1');
  await person.page.locator('[name="signInSubmitButton"]:visible').first().click();
  await person.page.waitForURL(`${site.origin}/profile?tab=1`);
});

test('a reloaded callback goes on to the page, and an outdated one offers a new sign-in', async () => {
  const { page } = person;
  let callback = '';
  page.on('request', (request) => {
    if (request.url().includes('/login?code=')) callback = request.url();
  });
  await person.signInByPages('alice');
  await page.goto(callback);
  expect(new URL(page.url()).pathname).not.toBe('/login');
  const stranger = await seatPerson(browser, site);
  const answer = await stranger.page.goto(callback);
  expect(answer?.status()).toBe(400);
  await stranger.page.getByRole('link', { name: 'Sign in again' }).waitFor();
  // It also starts by itself.
  await stranger.page.locator('input[name="password"]:visible').first().waitFor();
  await stranger.context.close();
});

test('everything works without JavaScript', async () => {
  const plain = await seatPerson(browser, site, { javaScriptEnabled: false });
  const { page } = plain;
  await plain.signInByPages('bob', '/profile');
  expect(await page.locator('h1').textContent()).toBe('Bob Baker');
  await page.goto('/admin');
  expect(await page.locator('h1').textContent()).toBe('You do not have access to this page');
  await page.goto('/logout');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL(`${site.origin}/`);
  await page.locator('header a[href^="/login"]').waitFor();
  await plain.context.close();
});

test("Next's router loads the document if a signed-out visitor goes to a private page", async () => {
  const { page } = person;
  await page.goto('/');
  // The same as a click on your own `<Link href="/profile">`.
  await page.evaluate(() => Reflect.get(window, 'next').router.push('/profile'));
  await page.locator('input[name="password"]:visible').first().waitFor();
  expect(person.complaints).toEqual([]);
});
