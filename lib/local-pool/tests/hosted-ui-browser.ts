import type { LocalPool } from '../src/pool';
import { authorizeParams, DOMAIN } from './support';

/** A page as a browser without JavaScript shows it. */
export interface Page {
  /** Path and query. */
  url: string;
  status: number;
  body: string;
  /** The target of a redirect that leaves the pool's domain. */
  callback: URL | null;
  response: Response;
}

/** A simulated browser with cookies, links and forms. */
export interface Browser {
  readonly cookies: Map<string, string>;
  /** Opens a URL and follows redirects within the domain. */
  open(url: string): Promise<Page>;
  /** Fills in fields, which the form must have, and presses the button with that name. */
  press(page: Page, button: string, fields?: Record<string, string>): Promise<Page>;
  /** Sends a form to the page's own URL, as a script would. */
  send(page: Page, form: URLSearchParams): Promise<Page>;
  /** Follows the link whose URL starts with the path. */
  follow(page: Page, path: string): Promise<Page>;
}

/** Opens a new browser for the pool's pages. */
export function openBrowser(pool: LocalPool): Browser {
  const cookies = new Map<string, string>();

  async function visit(url: string, body?: URLSearchParams): Promise<Page> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const init = body ? { method: 'POST', body } : {};
    const response = await pool.fetch(
      new Request(new URL(url, DOMAIN), { ...init, headers: { cookie } }),
    );
    for (const line of response.headers.getSetCookie()) keep(cookies, line);
    const location = response.headers.get('location');
    if (location?.startsWith(`${DOMAIN}/`)) return await visit(location);
    const { pathname, search } = new URL(url, DOMAIN);
    const callback = location === null ? null : new URL(location);
    const text = await response.text();
    return { url: pathname + search, status: response.status, body: text, callback, response };
  }

  return {
    cookies,
    open: async (url) => await visit(url),
    async press(page, button, fields = {}) {
      const form = formWith(page, button);
      const sent = new URLSearchParams(inputsOf(form));
      for (const [name, value] of Object.entries(fields)) {
        if (!sent.has(name)) throw new Error(`The form of ${page.url} has no field "${name}".`);
        sent.set(name, value);
      }
      sent.set(button, attribute(form, `name="${button}" value`) ?? '');
      const action = attribute(form.slice(0, form.indexOf('>')), 'action');
      return await visit(action ?? page.url, sent);
    },
    send: async (page, form) => await visit(page.url, form),
    async follow(page, path) {
      const links = [...page.body.matchAll(/<a [^>]*href="([^"]*)"/g)].map(([, to]) => plain(to));
      const link = links.find((to) => to.startsWith(path));
      if (link === undefined) throw new Error(`${page.url} has no link to ${path}.`);
      return await visit(link);
    },
  };
}

/** The sign-in page's URL, with the parameters that the other tests use. */
export function loginPath(more: Record<string, string | null> = {}): string {
  return `/login?${authorizeParams(more)}`;
}

/** Opens the sign-in page and submits its form. */
export async function enter(
  browser: Browser,
  username: string,
  password: string,
  more: Record<string, string | null> = {},
): Promise<Page> {
  const page = await browser.open(loginPath(more));
  return await browser.press(page, 'signInSubmitButton', { username, password });
}

/** The page's error message as text; an empty string if there is none. */
export function problemOn(page: Page): string {
  return plain(/role="alert"[^>]*>([^<]*)</.exec(page.body)?.[1] ?? '');
}

/** The page's path, without the query. */
export function pathOf(page: Page): string {
  return new URL(page.url, DOMAIN).pathname;
}

function keep(cookies: Map<string, string>, line: string): void {
  const [pair = '', ...attributes] = line.split(';');
  const name = pair.slice(0, pair.indexOf('='));
  const value = pair.slice(pair.indexOf('=') + 1);
  const isOver = attributes.some((text) => /Expires=Thu, 01 Jan 1970|Max-Age=0/.test(text));
  if (isOver) cookies.delete(name);
  else cookies.set(name, value);
}

function formWith(page: Page, button: string): string {
  const forms = page.body.match(/<form[\s\S]*?<\/form>/g) ?? [];
  const form = forms.find((text) => text.includes(`name="${button}"`));
  if (!form) throw new Error(`${page.url} (${page.status}) has no button "${button}".`);
  return form;
}

function inputsOf(form: string): [string, string][] {
  const inputs = (form.match(/<input[\s\S]*?>/g) ?? []).filter((input) => input.includes('name='));
  return inputs.map((input) => [attribute(input, 'name') ?? '', attribute(input, 'value') ?? '']);
}

function attribute(tag: string, name: string): string | undefined {
  const value = tag.split(`${name}="`)[1]?.split('"')[0];
  return value === undefined ? undefined : plain(value);
}

function plain(escaped = ''): string {
  return escaped
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
