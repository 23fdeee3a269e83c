import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { comeBack } from './expired';
import type { RunningSite } from './site';
import type { Visitor } from './visitor';

/** A user with a real browser. Everything that the browser reports is collected. */
export interface Person {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Console errors and warnings, uncaught errors, and policy violations, from all tabs. */
  readonly complaints: string[];
  /** Signs in by setting the cookies of a sign-in, then opens a page. */
  signIn(username: string, path?: string): Promise<void>;
  /** Opens a page and signs in on the hosted UI. For tests of the sign-in itself. */
  signInByPages(username: string, path?: string): Promise<void>;
  /** Opens a page, in this tab or another, and waits until React has hydrated it. */
  open(path: string, tab?: Page): Promise<void>;
  /** Another tab of the same browser. */
  newTab(): Promise<Page>;
}

/**
 * Creates a user with a new browser profile.
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
  const complaints = complaintsOf(context);
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
 * Collects what a browser reports: console errors and warnings, uncaught errors, and policy violations.
 *
 * @param context of the browser
 * @returns a list that grows
 */
export function complaintsOf(context: BrowserContext): string[] {
  const complaints: string[] = [];
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  context.on('weberror', (error) => complaints.push(String(error.error())));
  return complaints;
}

/**
 * Waits until React has hydrated the page and run its effects, so that the page reacts to input. This
 * is faster than waiting for the network to be idle, which takes half a second each time.
 *
 * @param page of the site
 */
export async function atWork(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    // If a page has no <main>, shapeProblems reports it.
    Object.keys(document.querySelector('main') ?? document.body).some((key) =>
      key.startsWith('__react'),
    ),
  );
  await page.evaluate(() => new Promise((done) => requestIdleCallback(done)));
}

/**
 * Signs out from the user menu.
 *
 * @param page of the site, with a signed-in user
 */
export async function pressSignOut(page: Page): Promise<void> {
  await page.locator('header button[popovertarget]').click();
  await page.locator('header form[action="/logout"] button').click();
}

/**
 * Copies a visitor's cookies for the site into a browser.
 *
 * @param person from `seatPerson`
 * @param visitor from `comeBack`
 * @param origin the site's
 */
export async function bringCookies(
  { context }: Person,
  visitor: Visitor,
  origin: string,
): Promise<void> {
  const cookies = visitor.cookies.get(new URL(origin).hostname) ?? new Map<string, string>();
  await context.addCookies(
    [...cookies].map(([name, value]) => ({ name, value, url: origin, httpOnly: true })),
  );
}

/**
 * Gives a browser a session of alice, who signed in ten minutes ago.
 *
 * @param person from `seatPerson`
 * @param site the running site
 */
export async function arrive(person: Person, site: RunningSite): Promise<void> {
  await bringCookies(person, await comeBack(site, { ago: 600 }), site.origin);
}

/**
 * Gives a tab a passkey device that says yes to everything, as long as the tab is open.
 * https://chromedevtools.github.io/devtools-protocol/tot/WebAuthn/
 *
 * @param page the tab, in Chromium
 * @returns how many passkeys the device has
 */
export async function addVirtualAuthenticator(page: Page): Promise<() => Promise<number>> {
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('WebAuthn.enable');
  const { authenticatorId } = await devTools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return async () => {
    const { credentials } = await devTools.send('WebAuthn.getCredentials', { authenticatorId });
    return credentials.length;
  };
}
