import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { RunningSite } from './site';

/** A person at a real browser; everything that the browser complains about is collected. */
export interface Person {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Console errors and warnings, failed scripts, and violations of the policy, of all tabs. */
  readonly complaints: string[];
  /** Opens a page of the site, and signs in on the hosted UI. */
  signIn(username: string, path?: string): Promise<void>;
  /** Another tab of the same browser. */
  newTab(): Promise<Page>;
}

const PASSWORDS: Record<string, string> = { alice: 'Alice-password-1', bob: 'Bob-password-1' };

/**
 * Seats a person at a fresh browser profile.
 *
 * @param browser from `launchBrowser`
 * @param site the running site
 * @param options of the browser context, for example `javaScriptEnabled`
 */
export async function seatPerson(
  browser: Browser,
  site: RunningSite,
  options: BrowserContextOptions = {},
): Promise<Person> {
  const context = await browser.newContext({ baseURL: site.origin, ...options });
  context.setDefaultTimeout(10_000);
  const complaints: string[] = [];
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  context.on('weberror', (error) => complaints.push(String(error.error())));
  const page = await context.newPage();
  return {
    context,
    page,
    complaints,
    newTab: () => context.newPage(),
    async signIn(username, path = '/profile') {
      await page.goto(path);
      await page.locator('input[name="username"]:visible').first().fill(username);
      await page
        .locator('input[name="password"]:visible')
        .first()
        .fill(PASSWORDS[username] ?? '');
      await page.locator('[name="signInSubmitButton"]:visible').first().click();
      await page.waitForURL((url) => url.origin === site.origin && url.pathname !== '/login');
    },
  };
}
