import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { launchBrowser } from '@/tests/support/browser';
import { comeBack } from '@/tests/support/expired';
import { axeViolations } from '@/tests/support/page-problems';
import { type Person, seatPerson } from '@/tests/support/person';
import { type RunningSite, startSite } from '@/tests/support/site';

let browser: Browser;
let site: RunningSite;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());
// Each test has its own site, because a site fetches the keys at most once in 30 seconds.
beforeEach(async () => {
  site = await startSite();
});
afterEach(() => site.close());

/** Presses a button of the panel; the line that reports the result then has the focus. */
async function press(panel: Page, button: string): Promise<string> {
  await panel.goto(`${site.pool.settings.domain}/local-control`);
  await panel.getByRole('button', { name: button, exact: true }).click();
  const done = panel.locator('#done:focus');
  await done.waitFor();
  return (await done.textContent()) ?? '';
}

async function refreshNow({ page }: Person): Promise<void> {
  await page.goto('/profile');
  const loaded = page.waitForEvent('load');
  await page.getByRole('button', { name: 'Refresh now' }).click();
  await loaded;
}

/** The lifetime of the ID token in seconds, from the site's API. */
async function life({ context }: Person): Promise<number> {
  const { iat, exp } = await (await context.request.get('/api/me')).json();
  return exp - iat;
}

test('the site shows what the control panel has changed, without JavaScript too', async () => {
  const person = await seatPerson(browser, site, { javaScriptEnabled: false });
  const { page } = person;
  const panel = await person.newTab();
  await person.signInByPages('alice');
  expect(await life(person)).toBe(3600);
  expect(await press(panel, 'Token lifetime 5 minutes')).toContain('valid for 5 minutes');
  await refreshNow(person);
  expect(await life(person)).toBe(300);

  // New keys make no visible difference.
  await press(panel, 'New signing keys');
  await refreshNow(person);
  expect(await page.locator('h1').textContent()).toBe('Alice Archer');

  // The tokens are still valid, so an outage makes no visible difference either.
  await press(panel, 'Return 503 for 2 minutes');
  await refreshNow(person);
  expect(await page.locator('h1').textContent()).toBe('Alice Archer');
  await press(panel, 'End the outage now');
  expect(person.complaints).toEqual([]);
  await person.context.close();
}, 60_000);

test('the site shows that tokens were revoked, and that a user is disabled', async () => {
  const person = await seatPerson(browser, site, { javaScriptEnabled: false });
  const { page } = person;
  const panel = await person.newTab();
  await person.signInByPages('alice');

  // The hosted UI still has a session.
  expect(await press(panel, 'Revoke tokens of alice')).toMatch(/\(\d sessions?\)/);
  await refreshNow(person);
  expect(page.url().split('#')[0]).toBe(`${site.origin}/profile`);
  expect(await page.locator('h1').textContent()).toBe('Alice Archer');
  expect(await press(panel, 'Sign out alice globally')).toContain('(1 session)');

  // Now the hosted UI refuses the sign-in.
  await press(panel, 'Disable alice');
  await page.goto('/profile');
  expect(await page.locator('h1').textContent()).toBe('Alice Archer');
  await page.getByRole('button', { name: 'Refresh now' }).click();
  await page.locator('input[name="username"]').first().fill('alice');
  await page.locator('input[name="password"]').first().fill('Alice-password-1');
  await page.locator('[name="signInSubmitButton"]').first().click();
  await page.getByText('User is disabled.').waitFor();
  expect(person.complaints).toEqual([]);
  await person.context.close();
}, 60_000);

test('during an outage, expired tokens give a 503 page, and afterwards the page is back', async () => {
  const visitor = await comeBack(site);
  const panel = await (await browser.newContext()).newPage();
  expect(await press(panel, 'Return 503 for 30 seconds')).toContain('endpoints return 503');
  const down = await visitor.open('/profile');
  expect([down.status, down.body]).toEqual([
    503,
    expect.stringContaining('You have not been signed out'),
  ]);
  expect((await visitor.open('/')).body).toContain('can’t tell');
  for (const colorScheme of ['light', 'dark'] as const) {
    await panel.emulateMedia({ colorScheme });
    expect(await axeViolations(panel)).toEqual([]);
  }
  await press(panel, 'End the outage now');
  expect((await visitor.open('/profile')).status).toBe(200);
  await panel.context().close();
});
