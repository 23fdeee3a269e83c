import type { LocalPool } from '../src/pool';
import { authorizeParams, DOMAIN } from './support';

/** A simulated browser. It keeps the pool's cookies, and doesn't follow redirects by itself. */
export interface BrowserDouble {
  get(address: string): Promise<Response>;
  post(address: string, form: Record<string, string>): Promise<Response>;
  /** Follows a redirect within the pool. */
  follow(response: Response): Promise<Response>;
  cookie(name: string): string | undefined;
  forget(name: string): void;
  /** A second browser that starts with the same cookies. */
  copy(): BrowserDouble;
}

/** Opens a browser, by default without cookies. */
export function openBrowser(pool: LocalPool, cookies?: Map<string, string>): BrowserDouble {
  const jar = new Map(cookies);
  const send = async (address: string, body?: URLSearchParams) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const request = { headers: { cookie }, redirect: 'manual' as const };
    const url = new URL(address, DOMAIN);
    const response = await pool.fetch(
      new Request(url, body ? { ...request, method: 'POST', body } : request),
    );
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (line.includes('Expires=Thu, 01 Jan 1970')) jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  };
  return {
    get: async (address) => await send(address),
    post: async (address, form) => await send(address, new URLSearchParams(form)),
    follow: async (response) => await send(response.headers.get('location') ?? ''),
    cookie: (name) => jar.get(name),
    forget: (name) => void jar.delete(name),
    copy: () => openBrowser(pool, jar),
  };
}

/** Starts a sign-in through a provider, up to the provider's page. */
export async function goToProvider(
  browser: BrowserDouble,
  provider: string,
  more: Record<string, string | null> = {},
): Promise<{ address: string; page: string }> {
  const asked = authorizeParams({ identity_provider: provider, ...more });
  const response = await browser.get(`/oauth2/authorize?${asked}`);
  const address = response.headers.get('location') ?? '';
  return { address, page: await (await browser.get(address)).text() };
}

/** Submits a form of the provider's page; returns the response once the browser is back. */
export async function chooseAtProvider(
  browser: BrowserDouble,
  at: { address: string; page: string },
  choice: Record<string, string>,
): Promise<Response> {
  const form = { ...hiddenFields(at.page), ...choice };
  const response = await browser.post(at.address, form);
  if (response.status !== 307) return await browser.follow(response);
  return await browser.post(response.headers.get('location') ?? '', form);
}

/** A complete sign-in through a provider, up to the redirect to the callback URL. */
export async function signInOver(
  browser: BrowserDouble,
  provider: string,
  choice: Record<string, string>,
  more: Record<string, string | null> = {},
): Promise<Response> {
  return await chooseAtProvider(browser, await goToProvider(browser, provider, more), choice);
}

/** The hidden fields of a page's first form. */
export function hiddenFields(page: string): Record<string, string> {
  const [form = ''] = /<form[\s\S]*?<\/form>/.exec(page) ?? [];
  const fields = form.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g);
  return Object.fromEntries([...fields].map(([, name = '', value = '']) => [name, value]));
}
