import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../../../../tests/support/browser';
import { cookieName } from '../../../../tests/support/http';
import { type Person, seatPerson } from '../../../../tests/support/person';
import { type RunningSite, startSite } from '../../../../tests/support/site';

let site: RunningSite;
let browser: Browser;
beforeAll(async () => {
  [site, browser] = await Promise.all([startSite(), launchBrowser()]);
});
afterAll(() => Promise.all([browser?.close(), site?.close()]));

const lit = (person: Person) => person.page.locator('svg a[data-done]').count();
const chapter = (person: Person, id: string) => person.page.locator(`section#${id}`);

describe('a visitor who is signed out', () => {
  let person: Person;
  beforeAll(async () => {
    person = await seatPerson(browser, site);
    await person.page.goto('/flow');
  });
  afterAll(() => person?.context.close());

  test('sees the flow with an example that is marked as one', async () => {
    expect(await person.page.locator('main header').textContent()).toContain('an example: alice');
    expect(await lit(person)).toBe(0);
    expect(await person.page.locator('section h2').count()).toBe(10);
  });

  test('gets no button that would change a session', async () => {
    expect(await person.page.locator('main button').allTextContents()).toEqual([]);
  });

  test('gets from the drawing to each chapter', async () => {
    for (const link of await person.page.locator('svg a[data-step]').all()) {
      const target = (await link.getAttribute('href')) ?? '';
      expect(await person.page.locator(`section${target}`).count()).toBe(1);
    }
  });

  test('gets from each chapter to the code that does it', async () => {
    const links = await person.page.locator('a[href^="/source#"]').all();
    expect(links).toHaveLength(10);
    const targets = await Promise.all(links.map((link) => link.getAttribute('href')));
    await person.page.goto('/source');
    for (const target of targets) {
      const piece = person.page.locator(`article${target?.slice('/source'.length)}`);
      expect(await piece.locator('pre').last().textContent(), target ?? '').toMatch(
        /function|const/,
      );
    }
  });
});

describe('alice, signed in', () => {
  let person: Person;
  beforeAll(async () => {
    person = await seatPerson(browser, site);
    await person.signInByPages('alice', '/login?returnTo=/flow');
  });
  afterAll(() => person?.context.close());

  test('sees the steps of her own sign-in highlighted, but not the refresh', async () => {
    expect(await lit(person)).toBe(8);
    const text = await person.page.locator('main').textContent();
    expect(text).toContain('how alice got here');
    expect(text).not.toContain('an example');
  });

  test('sees what was checked, with the values of this user pool', async () => {
    const checks = await chapter(person, 'verify').textContent();
    expect(checks).toContain(site.environment.COGNITO_ISSUER);
    expect(checks).toContain(site.environment.COGNITO_CLIENT_ID);
    expect(checks).toMatch(/checked in \d+\.\d ms/);
  });

  test('sees the bytes of her cookie as the browser counts them', async () => {
    const cookies = await person.context.cookies(site.origin);
    const bytes = cookies
      .filter(({ name }) => name.startsWith(cookieName(site.origin, 'session')))
      .reduce((sum, { name, value }) => sum + name.length + value.length, 0);
    expect(await chapter(person, 'seal').textContent()).toContain(
      `${bytes.toLocaleString('en')} of 7,500 bytes`,
    );
  });

  test('sees the step that she is reading highlighted', async () => {
    await chapter(person, 'verify').evaluate((section) => section.scrollIntoView());
    await person.page.locator('svg a[data-step="verify"][data-active]').waitFor();
  });

  test('refreshes, comes back to the same chapter, and sees the result there', async () => {
    await chapter(person, 'refresh').getByRole('button', { name: 'Refresh now' }).click();
    await person.page.waitForURL(`${site.origin}/flow`);
    expect(await chapter(person, 'refresh').textContent()).toContain(
      'These tokens are from a refresh.',
    );
    expect(await lit(person)).toBe(9);
    expect(person.complaints).toEqual([]);
  });

  test('signs out everywhere from the last chapter', async () => {
    const button = { name: 'Sign out everywhere' };
    await chapter(person, 'sign-out').getByRole('button', button).click();
    await person.page.waitForURL(`${site.origin}/`);
    expect(site.pool.requests().map(({ path }) => path)).toContain('/');
    await person.page.goto('/flow');
    expect(await lit(person)).toBe(0);
  });
});

test('without JavaScript the whole page is there', async () => {
  const plain = await seatPerson(browser, site, { javaScriptEnabled: false });
  await plain.signInByPages('bob', '/login?returnTo=/flow');
  expect(await lit(plain)).toBe(8);
  await chapter(plain, 'refresh').getByRole('button', { name: 'Refresh now' }).click();
  await plain.page.waitForURL(`${site.origin}/flow`);
  await chapter(plain, 'verify').getByText('claims of the ID token').click();
  expect(await plain.page.locator('main').getByText('bob@example.com').first().isVisible()).toBe(
    true,
  );
  await plain.context.close();
});
