import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser';
import { atWork, type Person, seatPerson } from '../support/person';
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

async function openTab(path: string): Promise<Page> {
  const tab = await person.newTab();
  await person.open(path, tab);
  return tab;
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.waitForURL(`${site.origin}/`);
}

const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent);

describe.each([
  ['by a channel', ''],
  ['by the storage, where there is no channel', 'delete window.BroadcastChannel'],
])('another tab hears %s', (_, script) => {
  beforeEach(() => person.context.addInitScript(script));

  test('of a sign-out, and shows nothing private any more', async () => {
    await person.signIn('alice');
    const other = await openTab('/profile?from=here');
    await signOut(person.page);
    await other.getByRole('heading', { name: 'You signed out in another tab' }).waitFor();
    expect(await focused(other)).toBe('You signed out in another tab');
    expect(await other.title()).toBe('You signed out in another tab');
    const text = await other.content();
    for (const word of ['alice', 'Alice', 'Verified claims']) expect(text).not.toContain(word);
    const again = other.getByRole('link', { name: 'Sign in again' });
    expect(await again.getAttribute('href')).toBe('/login?returnTo=%2Fprofile%3Ffrom%3Dhere');
    expect(await other.getByRole('main').getByRole('link').count()).toBe(2);
    expect(person.complaints).toEqual([]);
  });

  test('of a sign-out on a public page, which is loaded anew and says it once', async () => {
    await person.signIn('alice');
    const other = await openTab('/');
    await signOut(person.page);
    await other.getByText('You signed out in another tab.').waitFor();
    await other.locator('header a[href^="/login"]').waitFor();
    await other.reload();
    await atWork(other);
    expect(await other.getByText('You signed out in another tab.').count()).toBe(0);
  });

  test('of somebody else, whose page it then is, and no tab reloads another for ever', async () => {
    await person.signIn('alice');
    const other = await openTab('/profile');
    let documents = 0;
    other.on('request', (request) => {
      if (request.isNavigationRequest()) documents++;
    });
    await signOut(person.page);
    await person.signIn('bob');
    await other.getByText('You signed in as bob in another tab.').waitFor();
    expect(await other.locator('h1').textContent()).toBe('Bob Baker');
    await person.page.goto('/');
    await person.open('/profile');
    expect(await person.page.locator('h1').textContent()).toBe('Bob Baker');
    await other.getByRole('button', { name: 'Close' }).click();
    expect(await other.getByText('another tab').count()).toBe(0);
    expect(documents).toBe(1);
    expect(person.complaints).toEqual([]);
  });
});

test('what tabs tell each other, and what a reload keeps, names nobody', async () => {
  await person.context.addInitScript(() => {
    const heard: unknown[] = [];
    Reflect.set(window, 'heard', heard);
    new BroadcastChannel('session').addEventListener('message', ({ data }) => heard.push(data));
  });
  const listener = await openTab('/');
  await person.signIn('alice');
  const heard = await listener.waitForFunction(() => {
    const all: unknown = Reflect.get(window, 'heard');
    const texts = Array.isArray(all) ? all.map(String) : [];
    // The page hears itself as well, from when nobody was signed in.
    return texts.find((text) => !text.startsWith('{"who":""'));
  });
  const news = await heard.jsonValue();
  expect(news).toMatch(/^\{"who":"[0-9a-f]{8}","at":[\d.]+,"endsAt":\d+\}$/);
  await listener.getByText('You signed in as alice').waitFor();
  for (const page of [listener, person.page]) {
    expect(await page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0]);
  }
});

test('a tab that was long on its way tells nobody that they are signed out', async () => {
  await person.signIn('alice');
  const other = await openTab('/profile');
  const answer = await person.page.evaluate(async () => {
    const channel = new BroadcastChannel('session');
    const heard = new Promise((resolve) => {
      channel.onmessage = ({ data }) => resolve(data);
    });
    channel.postMessage(JSON.stringify({ who: '', at: Date.now() / 1000 - 60, endsAt: 0 }));
    return heard;
  });
  expect(answer).toMatch(/"who":"[0-9a-f]{8}"/);
  expect(await other.locator('h1').textContent()).toBe('Alice Archer');
});

describe('a page that comes back from the memory of the browser', () => {
  const comeBack = (page: Page) =>
    page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));

  test('shows nothing private when the session is gone', async () => {
    await person.signIn('alice');
    await atWork(person.page);
    await person.context.clearCookies();
    const shown = await person.page.evaluate(() => {
      dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
      return document.querySelector('main')?.textContent;
    });
    expect(shown).toBe('');
    await person.page.getByRole('heading', { name: 'You are signed out' }).waitFor();
    expect(await person.page.content()).not.toContain('Verified claims');
  });

  test.each(['/profile', '/'])('is loaded anew while it lives: %s', async (path) => {
    await person.signIn('alice');
    await person.open(path);
    const loaded = person.page.waitForEvent('load');
    await comeBack(person.page);
    await loaded;
    expect(await person.page.locator('header').textContent()).toContain('Signed in as alice');
  });
});
