import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '@/tests/support/browser';
import { comeBack } from '@/tests/support/expired';
import { type Person, seatPerson } from '@/tests/support/person';
import { type RunningSite, startSite } from '@/tests/support/site';
import { startCluster, warmUp } from '@/tools/workshop/support/cluster';

let browser: Browser;
let site: RunningSite;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());
afterEach(() => site.close());

/** A user whose browser was closed for an hour. */
async function seatReturning(): Promise<Person> {
  const person = await seatPerson(browser, site);
  const cookies = (await comeBack(site)).cookies.get('localhost') ?? new Map<string, string>();
  await person.context.addCookies(
    [...cookies].map(([name, value]) => ({ name, value, url: site.origin, httpOnly: true })),
  );
  return person;
}

test('three tabs restored at the same time on three instances, without a grace period, all show their pages', async () => {
  const cluster = await startCluster(3);
  site = cluster;
  await warmUp(cluster);
  site.pool.changeClient({ rotation: { graceSeconds: 0, reuseRevokesFamily: false } });
  const person = await seatReturning();
  const tabs = [person.page, await person.newTab(), await person.newTab()];
  await Promise.all(tabs.map((tab, index) => tab.goto(`/profile?tab=${index}`)));
  for (const [index, tab] of tabs.entries()) {
    await tab.waitForURL(`${site.origin}/profile?tab=${index}`);
    expect(await tab.locator('h1').textContent()).toBe('Alice Archer');
  }
  await tabs[1]?.reload();
  expect(await tabs[1]?.locator('h1').textContent()).toBe('Alice Archer');
  await person.context.close();
});

test('a tab that is slow to refresh does not undo the sign-out in another one', async () => {
  site = await startSite();
  // The worst case: the pool doesn't revoke the tokens.
  site.pool.fault('/oauth2/revoke', { status: 500 });
  const person = await seatReturning();
  const other = await person.newTab();
  await other.goto('/logout');
  const before = site.pool.requests().length;
  site.pool.fault('/oauth2/token', { delayMs: 2000, times: 1 });
  // Its page announces the session to the other tab, and both may reload.
  const slow = person.page.goto('/profile', { waitUntil: 'commit' });
  while (site.pool.requests().length === before) await new Promise(setImmediate);
  await other.getByRole('button', { name: 'Sign out' }).click();
  await other.waitForURL(`${site.origin}/`);
  expect((await slow)?.status()).toBe(200);
  // The slow tab was notified of the sign-out, and its new cookies are no longer accepted.
  await person.page.getByRole('heading', { name: 'You signed out in another tab' }).waitFor();
  await person.page.reload();
  await person.page.locator('input[name="password"]:visible').first().waitFor();
  await other.locator('header a[href^="/login"]').waitFor();
  await person.context.close();
});

test('a sensitive page asks for the password again, and then opens', async () => {
  site = await startSite();
  const person = await seatPerson(browser, site);
  site.pool.advance(-280);
  await person.signInByPages('alice', '/profile');
  site.pool.advance(280);
  await person.page.getByRole('button', { name: 'Refresh now' }).click();
  await person.page.waitForURL('/profile');
  await person.page.goto('/sensitive');
  expect(await person.page.locator('h1').textContent()).toBe('Recent sign-in required');
  await person.context.close();

  // A sign-in that is thirty seconds older is too old.
  const late = await seatPerson(browser, site);
  site.pool.advance(-280);
  await late.signInByPages('alice', '/profile');
  site.pool.advance(310);
  await late.page.getByRole('button', { name: 'Refresh now' }).click();
  await late.page.waitForURL('/profile');
  await late.page.goto('/sensitive');
  await late.page.locator('input[name="username"]:visible').first().fill('alice');
  await late.page.locator('input[name="password"]:visible').first().fill('Alice-password-1');
  await late.page.locator('[name="signInSubmitButton"]:visible').first().click();
  await late.page.waitForURL(`${site.origin}/sensitive`);
  expect(await late.page.locator('h1').textContent()).toBe('Recent sign-in required');
  expect([...person.complaints, ...late.complaints]).toEqual([]);
  await late.context.close();
});
