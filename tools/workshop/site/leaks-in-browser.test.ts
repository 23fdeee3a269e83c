import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../../../tests/support/browser';
import {
  type Eavesdropper,
  overhear,
  SECRETS,
  type Search,
  searchFor,
} from '../../../tests/support/overhear';
import { type Person, pressSignOut, seatPerson } from '../../../tests/support/person';
import { type RecordedSite, startRecordedSite } from '../../../tests/support/recorder';

/** What any script in a page can read. */
type Readable = Readonly<Record<(typeof READABLE)[number], string>>;
const READABLE = ['document', 'cookies', 'storage', 'history', 'performance', 'payload'] as const;

let site: RecordedSite;
let pool: Eavesdropper;
let browser: Browser;
let person: Person;
/** What is readable on each page after its scripts have run. */
const pages = new Map<string, Readable>();
/** The browser's history, without the pages of the hosted UI. */
let visited: string[];

beforeAll(async () => {
  [site, browser] = await Promise.all([startRecordedSite(), launchBrowser()]);
  pool = overhear(site);
  person = await seatPerson(browser, site);
  const { page } = person;
  await person.signInByPages('alice', '/profile?from=a-link');
  await look(page);
  await page.getByRole('button', { name: 'Refresh now' }).click();
  await page.waitForURL('/profile*');
  for (const path of [
    '/',
    '/flow', // demo
    '/admin',
    '/sensitive',
    '/nothing-here',
    '/api/me',
  ]) {
    await page.goto(path);
    await look(page);
  }
  const cdp = await person.context.newCDPSession(page);
  const { entries } = await cdp.send('Page.getNavigationHistory');
  visited = entries.map(({ url }) => url).filter((url) => url.startsWith(site.origin));
  await page.goto('/admin');
  await pressSignOut(page);
  await page.waitForURL(`${site.origin}/`);
  await look(page);
}, 120_000);
afterAll(() => Promise.all([browser?.close(), site?.close()]));

/** Reads everything that a script in the page could read. */
async function look(page: Page): Promise<void> {
  if ((await page.locator('script').count()) > 0)
    await page.waitForFunction(() => 'next' in window);
  const readable = await page.evaluate(async () => ({
    document: `${document.documentElement.outerHTML} ${document.referrer}`,
    cookies: document.cookie,
    storage: JSON.stringify([
      { ...localStorage },
      { ...sessionStorage },
      await indexedDB.databases(),
      await caches.keys(),
    ]),
    history: JSON.stringify([location.href, history.state, performance.getEntries()]),
    performance: JSON.stringify(
      performance
        .getEntries()
        .filter((entry) => entry instanceof PerformanceResourceTiming)
        .flatMap(({ serverTiming }) => serverTiming),
    ),
    payload: [...document.scripts].map(({ text }) => text).join('\n'),
  }));
  pages.set(new URL(page.url()).pathname, readable);
}

describe('a script in the browser of a user who signs in', () => {
  let search: Search;
  beforeAll(() => {
    for (const { asked } of site.exchanges) {
      for (const pair of (asked.get('cookie') ?? '').split('; ')) {
        pool.secrets.add('sealed cookie', /^(?:session|signin)[^=]*=(.+)/.exec(pair)?.[1]);
      }
    }
    search = searchFor(pool.secrets);
    const known = SECRETS.filter((kind) => pool.secrets.of(kind).length > 0);
    expect(known).toEqual(SECRETS.filter((kind) => !/^(client|session) secret$/.test(kind)));
    expect(pages.get('/profile')?.payload).toContain('alice@example.com');
  });

  test.each(READABLE)('finds no secret in the %s', (place) => {
    for (const [path, readable] of pages) {
      // These pages show the claims, including the nonce of the finished sign-in.
      const shown = ['/profile', '/api/me'].includes(path) ? ['nonce'] : [];
      const found = search(readable[place]).filter((kind) => !shown.includes(kind));
      expect([path, found]).toEqual([path, []]);
    }
  });

  test('finds no cookie, nothing stored, and no server timings', () => {
    for (const [path, { cookies, storage, performance }] of pages) {
      expect([path, cookies, storage, performance]).toEqual([path, '', '[{},{},[],[]]', '[]']);
    }
  });

  test('finds no callback behind the Back button', () => {
    expect(visited[0]).toBe(`${site.origin}/profile?from=a-link`);
    expect(visited.filter((url) => url.includes('/login'))).toEqual([]);
  });
});

describe('the URL of a callback', () => {
  const telling = (referer: string) => /[?&](code|state)=/.test(referer);

  test('is in no Referer after a sign-in', () => {
    const referers = site.exchanges.map(({ asked }) => asked.get('referer') ?? '');
    expect(referers.filter((referer) => referer.startsWith(site.origin)).length).toBeGreaterThan(9);
    expect(referers.filter(telling).map((referer) => new URL(referer).pathname)).toEqual([]);
  });

  test('is reduced to the origin in the Referer that the hosted UI gets', () => {
    const ours = pool.referers.filter(({ referer }) => referer.startsWith(site.origin));
    expect(ours.length).toBeGreaterThan(0);
    expect(ours.filter(({ referer }) => referer !== `${site.origin}/`)).toEqual([]);
  });
});

test('the URL of a failed callback is in no Referer of requests from its page', async () => {
  const { context, page } = await seatPerson(browser, site);
  const before = site.exchanges.length;
  await page.goto('/login?code=a-code&state=a-state');
  await page.getByRole('link', { name: 'Sign in again' }).click();
  await page.locator('input[name="password"]:visible').first().waitFor();
  const referers = site.exchanges.slice(before).map(({ asked }) => asked.get('referer') ?? '');
  expect(referers.length).toBeGreaterThan(1);
  expect(referers.filter((referer) => referer.includes('code='))).toEqual([]);
  await context.close();
});
