import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchBrowser } from '@/tests/support/browser';
import { routes } from '@/tests/support/built-site';
import { comeBack } from '@/tests/support/expired';
import { type Person, seatPerson } from '@/tests/support/person';
import { freePort, type RunningSite, startServer, startSite } from '@/tests/support/site';

const PAGES = [...(await routes()).pages, '/nothing-here'];

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
afterEach(() => {
  site.pool.fault('/oauth2/token', null);
  return person.context.close();
});

/** Chromium's own message for a document with an error status. */
const lineFor = (status: number) =>
  status < 400 ? [] : [expect.stringContaining(`the server responded with a status of ${status}`)];

/** Opens a page of the site, lets its scripts run, and checks the browser's messages. */
async function open(page: Page, address: string): Promise<number> {
  person.complaints.length = 0;
  const status = (await page.goto(address))?.status() ?? 0;
  await expectQuiet(page, status);
  return status;
}

async function expectQuiet(page: Page, status: number): Promise<void> {
  // Waits for Next's scripts: if the policy blocked them, the page would have no messages either.
  if ((await page.locator('script').count()) > 0)
    await page.waitForFunction(() => 'next' in window);
  const said = [...new Set(person.complaints)];
  expect([page.url(), ...said]).toEqual([page.url(), ...lineFor(status)]);
}

test.each(['alice', 'bob', 'signed out'])(
  'the browser reports no problem on any page: %s',
  async (who) => {
    if (who !== 'signed out') await person.signIn(who, '/profile');
    for (const path of PAGES) await open(person.page, path);
  },
  60_000,
);

describe('the browser reports no problem on the page', () => {
  test.each([
    ['of a callback that is not valid', '/login?code=c&state=s', 400],
    ['of a sign-in that was declined', '/login?error=access_denied&state=s', 400],
    ['that asks whether to sign out', '/logout', 200],
    ['of an API response', '/api/me', 401],
  ])('%s', async (_, path, status) => {
    expect(await open(person.page, path)).toBe(status);
  });

  test('that refuses a form post from another site', async () => {
    const { page } = person;
    await page.goto(`data:text/html,<form method=post action=${site.origin}/logout><button>`);
    await page.getByRole('button').click();
    await page.getByText('This request came from another site').waitFor();
    await expectQuiet(page, 403);
  });

  test.each([
    ['/profile', 503, 'You have not been signed out'],
    ['/', 200, 'can’t tell right now'],
    ['/api/me', 503, 'temporarily_unavailable'],
  ])('%s in an outage', async (path, status, text) => {
    const cookies = (await comeBack(site)).cookies.get('localhost') ?? new Map<string, string>();
    await person.context.addCookies(
      [...cookies].map(([name, value]) => ({ name, value, url: site.origin, httpOnly: true })),
    );
    site.pool.fault('/oauth2/token', { status: 500 });
    expect(await open(person.page, path)).toBe(status);
    expect(await person.page.locator('body').textContent()).toContain(text);
  });

  test.each([
    ['that is not configured', {}, 'Not configured yet'],
    ['that is configured wrongly', { COGNITO_REGION: 'nowhere' }, 'Not available'],
  ])('of a site %s', async (_, environment, title) => {
    const port = await freePort();
    const server = await startServer(port, environment);
    try {
      expect(await open(person.page, `http://localhost:${port}/`)).toBe(503);
      expect(await person.page.locator('h1').textContent()).toBe(title);
    } finally {
      await server.close();
    }
  });
});
