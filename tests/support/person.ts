import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { RunningSite } from './site';

/** A person at a real browser; everything that the browser complains about is collected. */
export interface Person {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Console errors and warnings, failed scripts, and violations of the policy, of all tabs. */
  readonly complaints: string[];
  /** Signs in on the way to a page, with cookies as a sign-in leaves them. */
  signIn(username: string, path?: string): Promise<void>;
  /** The same on the pages of the hosted UI, where the sign-in itself is the point. */
  signInByPages(username: string, path?: string): Promise<void>;
  /** Opens a page, in this tab or another, and waits until its scripts are at work. */
  open(path: string, tab?: Page): Promise<void>;
  /** Another tab of the same browser. */
  newTab(): Promise<Page>;
}

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
    signIn: (username, path = '/profile') =>
      site.kit.signInAs(page, username, { path, directly: true }),
    signInByPages: (username, path = '/profile') => site.kit.signInAs(page, username, { path }),
    async open(path, tab = page) {
      await tab.goto(path);
      await atWork(tab);
    },
  };
}

/**
 * Waits until React has taken over what is seen, and its effects have run: then scripts hear what is
 * done. No waiting for silence, which takes half a second each time.
 *
 * @param page of the site
 */
export async function atWork(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    // A page without it is told so by shapeProblems.
    Object.keys(document.querySelector('main') ?? document.body).some((key) =>
      key.startsWith('__react'),
    ),
  );
  await page.evaluate(() => new Promise((done) => requestIdleCallback(done)));
}
