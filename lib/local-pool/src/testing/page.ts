/** The part of Playwright's `Page` that a sign-in needs; the kit loads without Playwright. */
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

/** A cookie as Playwright takes it. */
export interface BrowserCookie {
  name: string;
  value: string;
  url: string;
  httpOnly: boolean;
  secure: boolean;
  sameSite: 'Lax';
  /** Epoch seconds; a cookie of the browser's session without it. */
  expires?: number;
}

/**
 * Tells a browser's page from a jar of cookies.
 *
 * @param visitor one of the two
 */
export function isPage<Other extends object>(visitor: BrowserPage | Other): visitor is BrowserPage {
  return 'goto' in visitor;
}
