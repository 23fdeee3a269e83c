import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser';
import { atWork, type Person, pressSignOut, seatPerson } from '../support/person';
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
  await pressSignOut(page);
  await page.waitForURL(`${site.origin}/`);
}

const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent);

describe.each([
  ['by BroadcastChannel', ''],
  ['by localStorage if there is no BroadcastChannel', 'delete window.BroadcastChannel'],
])('another tab is notified %s', (_, script) => {
  beforeEach(() => person.context.addInitScript(script));

  test('of a sign-out, and no longer shows anything private', async () => {
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

  test('of a sign-out, reloads a public page, and says so once', async () => {
    await person.signIn('alice');
    const other = await openTab('/');
    await signOut(person.page);
    await other.getByText('You signed out in another tab.').waitFor();
    await other.locator('header a[href^="/login"]').waitFor();
    await other.reload();
    await atWork(other);
    expect(await other.getByText('You signed out in another tab.').count()).toBe(0);
  });

  test('of another user, shows their page, and reloads only once', async () => {
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

test('messages between tabs do not name the user, and nothing is left in storage', async () => {
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
    // The page also gets its own message from before the sign-in.
    return texts.find((text) => !text.startsWith('{"who":""'));
  });
  const news = await heard.jsonValue();
  expect(news).toMatch(/^\{"who":"[0-9a-f]{8}","at":[\d.]+,"endsAt":\d+\}$/);
  await listener.getByText('You signed in as alice').waitFor();
  for (const page of [listener, person.page]) {
    expect(await page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0]);
  }
});

test('an old message about a sign-out does not sign out other tabs', async () => {
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

describe('a page restored from the back/forward cache', () => {
  const comeBack = (page: Page) =>
    page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));

  test('shows nothing private if the session has ended', async () => {
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

  test.each(['/profile', '/'])('reloads if the session is still active: %s', async (path) => {
    await person.signIn('alice');
    await person.open(path);
    const loaded = person.page.waitForEvent('load');
    await comeBack(person.page);
    await loaded;
    expect(await person.page.locator('header').textContent()).toContain(
      'Signed in as Alice Archer',
    );
  });
});
