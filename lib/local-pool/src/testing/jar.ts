import type { CookieJar, JarRequest } from './cookie-jar';
import { fetchWithJar } from './jar-fetch';

/** Cookies, and requests that send them, without a browser. */
export interface Jar extends CookieJar {
  /** Sends a request to a path of the site, or to an absolute URL, without following redirects. */
  fetch(url: string, request?: JarRequest): Promise<Response>;
}

/**
 * Creates an empty cookie jar for one visitor.
 *
 * @param site the site's origin, for relative URLs
 */
export function createJar(site: string): Jar {
  /** By host name: all ports of a host share cookies (RFC 6265, section 8.5). */
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
