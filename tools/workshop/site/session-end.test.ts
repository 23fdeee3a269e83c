import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../../../tests/support/browser';
import { comeBack } from '../../../tests/support/expired';
import { bringCookies, type Person, seatPerson } from '../../../tests/support/person';
import { type RunningSite, startSite } from '../../../tests/support/site';

const HOUR = 3600;
/** The browser's clock is years off: the page must not rely on it. */
const LONG_AGO = new Date('2020-02-02T02:02:02Z');

let browser: Browser;
let site: RunningSite;
let person: Person;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());
afterEach(() => Promise.all([person.context.close(), site.close()]));

async function visit(
  env: Record<string, string>,
  options: { ago: number; script?: boolean; clock?: boolean },
): Promise<Page> {
  site = await startSite({ env });
  person = await seatPerson(browser, site, { javaScriptEnabled: options.script ?? true });
  await bringCookies(person, await comeBack(site, { ago: options.ago }), site.origin);
  if (options.clock) await person.context.clock.install({ time: LONG_AGO });
  if (options.script ?? true) await person.open('/profile');
  else await person.page.goto('/profile');
  return person.page;
}

describe('a session that is about to end', () => {
  test.each([true, false])('shows a notice on the page, with scripts: %s', async (script) => {
    const page = await visit({ SESSION_LIFETIME: '12h' }, { ago: 12 * HOUR - 520, script });
    await page.getByText('Your session ends in 8 minutes.').waitFor();
    const again = page.getByRole('link', { name: 'Sign in again to continue' });
    expect(await again.getAttribute('href')).toBe('/login?returnTo=%2Fprofile');
    expect(person.complaints).toEqual([]);
  });

  test('shows a notice in an open tab, and nothing private after its end', async () => {
    const page = await visit({ SESSION_LIFETIME: '12h' }, { ago: 11 * HOUR, clock: true });
    expect(await page.getByText('Your session ends').count()).toBe(0);
    await page.clock.fastForward('51:00');
    await page.getByText(/Your session ends in [89] minutes\./).waitFor();
    expect(await page.getByText('Your session ends soon.').getAttribute('role')).toBe('status');
    expect(await page.locator('h1').textContent()).toBe('Alice Archer');
    await page.clock.fastForward('09:05');
    await page.getByRole('heading', { name: 'Your session has ended' }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
    expect(await page.content()).not.toMatch(/alice/i);
    expect(person.complaints).toEqual([]);
  });
});

describe('an idle session', () => {
  test('can be extended with a click', async () => {
    const page = await visit({ SESSION_IDLE: '2h' }, { ago: 60, clock: true });
    await page.clock.fastForward('01:55:00');
    await page.getByText('if you are inactive').waitFor();
    await page.getByRole('link', { name: 'Stay signed in' }).click();
    await page.getByText('if you are inactive').waitFor({ state: 'detached' });
    expect(await page.locator('h1').textContent()).toBe('Alice Archer');
  });

  test('is extended in this tab by activity in another', async () => {
    const page = await visit({ SESSION_IDLE: '2h' }, { ago: 60, clock: true });
    await page.clock.fastForward('01:55:00');
    await page.getByText('if you are inactive').waitFor();
    // Only the browser's clock moves in this test. So another tab announces the end that the server would
    // announce two hours later.
    const other = await person.newTab();
    await other.goto('/logout');
    await other.evaluate(() => {
      const channel = new BroadcastChannel('session');
      channel.onmessage = ({ data }) => {
        const news = JSON.parse(data);
        channel.postMessage(JSON.stringify({ ...news, endsAt: news.endsAt + 7200 }));
      };
      channel.postMessage(JSON.stringify({ who: '', at: 0, endsAt: 0 }));
    });
    await page.getByText('if you are inactive').waitFor({ state: 'detached' });
    expect(await page.locator('h1').textContent()).toBe('Alice Archer');
  });

  test('ends in an unused tab, with its own message', async () => {
    const page = await visit({ SESSION_IDLE: '2h' }, { ago: 60, clock: true });
    await page.clock.fastForward('02:00:05');
    await page.getByText('You were inactive for a while.').waitFor();
    expect(await page.content()).not.toMatch(/alice/i);
  });
});
