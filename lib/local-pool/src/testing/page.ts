/** The part of Playwright's `Page` that a sign-in needs. The kit doesn't import Playwright. */
export interface BrowserPage {
  goto(url: string): Promise<unknown>;
  url(): string;
  waitForURL(there: (url: URL) => boolean): Promise<unknown>;
  locator(selector: string): PageElement;
  context(): BrowserCookies;
}

export interface PageElement {
  first(): PageElement;
  fill(text: string): Promise<unknown>;
  click(): Promise<unknown>;
}

/** The part of Playwright's `BrowserContext`. */
export interface BrowserCookies {
  cookies(url: string): Promise<{ name: string; value: string }[]>;
  addCookies(cookies: BrowserCookie[]): Promise<unknown>;
  clearCookies(which: { name: string; domain: string }): Promise<unknown>;
}

/** A cookie in Playwright's format. */
export interface BrowserCookie {
  name: string;
  value: string;
  url: string;
  httpOnly: boolean;
  secure: boolean;
  sameSite: 'Lax';
  /** Epoch seconds. Without it, the cookie lasts until the browser closes. */
  expires?: number;
}

/**
 * Whether a visitor is a browser page and not a cookie jar.
 *
 * @param visitor a page or a jar
 */
export function isPage<Other extends object>(visitor: BrowserPage | Other): visitor is BrowserPage {
  return 'goto' in visitor;
}
