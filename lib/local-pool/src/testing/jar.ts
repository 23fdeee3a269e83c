import type { CookieJar, JarRequest } from './cookie-jar';
import { fetchWithJar } from './jar-fetch';

/** A browser without a browser: cookies, and requests that carry them. */
export interface Jar extends CookieJar {
  /** One request to the site, or to an absolute address; redirects are not followed. */
  fetch(url: string, request?: JarRequest): Promise<Response>;
}

/**
 * A jar of its own for one person.
 *
 * @param site the site's origin, which paths are taken on
 */
export function createJar(site: string): Jar {
  /** By host name: ports do not part cookies (RFC 6265, section 8.5). */
  const hosts = new Map<string, Map<string, string>>();
  const jar: Jar = {
    cookie: (url) => {
      const cookies = hosts.get(new URL(url).hostname) ?? [];
      return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    },
    store(url, setCookies) {
      const { hostname } = new URL(url);
      const cookies = hosts.get(hostname) ?? new Map<string, string>();
      hosts.set(hostname, cookies);
      for (const line of setCookies) keep(cookies, line);
    },
    fetch: (url, request) => fetchWithJar(jar, new URL(url, site).href, request),
  };
  return jar;
}

function keep(cookies: Map<string, string>, line: string): void {
  const [pair = '', ...attributes] = line.split(';');
  const name = pair.slice(0, pair.indexOf('=')).trim();
  const value = pair.slice(pair.indexOf('=') + 1).trim();
  const over = attributes.some((attribute) => /^\s*max-age=0\s*$/i.test(attribute));
  if (over || value === '' || value === '""') cookies.delete(name);
  else cookies.set(name, value);
}
