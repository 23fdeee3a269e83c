import type { CookieJar } from './cookie-jar';
import type { BrowserPage } from './page';

/** A cookie that the site would set at the end of a sign-in. A `maxAge` of 0 deletes it. */
export interface SealedCookie {
  name: string;
  value: string;
  secure: boolean;
  maxAge?: number | undefined;
}

/** Reads a visitor's cookies for the site, by name, and sets them. */
export interface VisitorCookies {
  read(): Promise<ReadonlyMap<string, string>>;
  set(cookies: readonly SealedCookie[]): Promise<void>;
}

/**
 * The cookies of a jar.
 *
 * @param jar the visitor's jar
 * @param site the site's origin
 */
export function cookiesOfJar(jar: CookieJar, site: string): VisitorCookies {
  return {
    async read() {
      const pairs = jar
        .cookie(site)
        .split('; ')
        .filter((pair) => pair !== '');
      return new Map(pairs.map((pair): [string, string] => splitOnce(pair)));
    },
    async set(cookies) {
      const lines = cookies.map(({ name, value, secure, maxAge }) => {
        const life = maxAge === undefined ? '' : `; Max-Age=${maxAge}`;
        return `${name}=${value}${life}; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
      });
      jar.store(site, lines);
    },
  };
}

/**
 * The cookies of a browser.
 *
 * @param page the visitor's Playwright page
 * @param site the site's origin
 */
export function cookiesOfPage(page: BrowserPage, site: string): VisitorCookies {
  const context = page.context();
  return {
    async read() {
      const cookies = await context.cookies(site);
      return new Map(cookies.map(({ name, value }): [string, string] => [name, value]));
    },
    async set(cookies) {
      for (const { name, value, secure, maxAge } of cookies) {
        if (maxAge === 0) {
          await context.clearCookies({ name, domain: new URL(site).hostname });
          continue;
        }
        const expires = maxAge === undefined ? {} : { expires: Date.now() / 1000 + maxAge };
        const fixed = { url: site, httpOnly: true, sameSite: 'Lax' } as const;
        await context.addCookies([{ name, value, secure, ...fixed, ...expires }]);
      }
    },
  };
}

function splitOnce(pair: string): [string, string] {
  const at = pair.indexOf('=');
  return [pair.slice(0, at), pair.slice(at + 1)];
}
