import { ask } from './load';
import type { Running } from './running';

/** What tells a CDN whether it may keep a page, and how large the page is. */
export interface Cacheable {
  readonly cacheControl: string;
  /** How many cookies it sets. */
  readonly setCookies: number;
  /** Bytes of all headers, and of the body without compression. */
  readonly headers: number;
  readonly body: number;
}

/** The static page and its copy, by kind of request. */
export type Pages = { readonly listed?: Cacheable; readonly onRequest?: Cacheable };

/**
 * Requests the static page of a site, and the same page rendered for each request, without a session.
 *
 * @param running the site
 * @returns nothing for an app without these pages
 */
export async function cacheablePages({ app, origin }: Running): Promise<Pages> {
  const { static: listed, sameOnRequest: onRequest } = app.paths;
  if (listed === undefined || onRequest === undefined || !app.caches) return {};
  const at = async (path: string) => {
    const target = { origin, path, cookies: [], status: 200 };
    // The first response of a new process can differ from later ones.
    await ask(target, '');
    const page = await ask(target, '');
    return {
      cacheControl: page.headers['cache-control'] ?? '',
      setCookies: page.setCookies.length,
      headers: page.headerBytes,
      body: Buffer.byteLength(page.body),
    };
  };
  return { listed: await at(listed), onRequest: await at(onRequest) };
}
