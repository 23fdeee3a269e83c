import { setTimeout as wait } from 'node:timers/promises';

/** A browser engine that is installed here. Each profile is a new browser or a new context of one. */
export interface Engine {
  readonly name: 'Firefox' | 'WebKit';
  /** The narrowest window, in CSS pixels. */
  readonly narrowest: number;
  newProfile(): Promise<Profile>;
  close(): Promise<void>;
}

/** A browser without cookies, with one open tab. */
export interface Profile {
  readonly tab: Tab;
  /**
   * Console errors and warnings, uncaught errors, and policy violations, from all tabs. WebKit's driver
   * reports none.
   */
  complaints(): Promise<string[]>;
  newTab(): Promise<Tab>;
  /** Sets cookies of the site, which the first tab then shows. */
  setCookies(origin: string, cookies: ReadonlyMap<string, string>): Promise<void>;
  /** The site's cookies: their names, and the bytes of name and value. */
  cookies(origin: string): Promise<Map<string, number>>;
  close(): Promise<void>;
}

/** What a person does in a tab. Input is real input, and no script of the page runs by itself. */
export interface Tab {
  /** Opens an address, and waits until its page has loaded. */
  open(url: string): Promise<void>;
  url(): Promise<string>;
  /** The value of an expression in the page, as text. */
  ask(expression: string): Promise<string>;
  /** Clicks the first visible element. */
  click(selector: string): Promise<void>;
  /** Replaces the text of a field. */
  type(selector: string, text: string): Promise<void>;
  /** Sets the inner width of the window, if it isn't below the narrowest. */
  resize(width: number): Promise<void>;
}

/** How long a person waits. In milliseconds. */
export const PATIENCE = 15_000;

/**
 * Waits until an expression is true in a tab, whatever page it then shows.
 *
 * @param tab of a profile
 * @param expression of JavaScript; an error, for example during a navigation, counts as false
 * @throws Error with the address and the beginning of the text that the tab shows
 */
export async function until(tab: Tab, expression: string): Promise<void> {
  const deadline = Date.now() + PATIENCE;
  while (Date.now() < deadline) {
    const value = await tab.ask(`Boolean(${expression})`).catch(() => 'false');
    if (value === 'true') return;
    await wait(50);
  }
  const [url, text] = await Promise.all([tab.url(), tab.ask('document.body.innerText')]);
  throw new Error(`${expression} is not true at ${url.split('?')[0]}: ${text.slice(0, 200)}`);
}

/** The text that a tab shows to a person, of an element or of the page. */
export function textIn(tab: Tab, selector = 'body'): Promise<string> {
  return tab.ask(`document.querySelector(${JSON.stringify(selector)}).innerText`);
}

/**
 * A script's expression that finds the first visible element.
 *
 * @param selector of CSS
 */
export function visible(selector: string): string {
  return `[...document.querySelectorAll(${JSON.stringify(selector)})].find((one) => one.getClientRects().length > 0)`;
}
