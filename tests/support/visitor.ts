import { type Answer, send } from './http';

/** What a browser sends with a navigation, a form and a `fetch` of its own page. */
export const DOCUMENT = {
  accept: 'text/html,application/xhtml+xml',
  'sec-fetch-dest': 'document',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-site': 'same-origin',
};
export const FETCH = {
  accept: '*/*',
  'sec-fetch-dest': 'empty',
  'sec-fetch-mode': 'cors',
  'sec-fetch-site': 'same-origin',
};

const PASSWORDS: Record<string, string> = { alice: 'Alice-password-1', bob: 'Bob-password-1' };

/** Somebody with a browser's cookies and nothing else of a browser. */
export interface Visitor {
  /** Cookies by host name; ports do not part cookies. */
  readonly cookies: Map<string, Map<string, string>>;
  /** A navigation; redirects are not followed. */
  open(url: string, headers?: Record<string, string>): Promise<Answer>;
  /** The same as HEAD. */
  head(url: string): Promise<Answer>;
  /** A form post from a page of the site. */
  post(
    url: string,
    form?: Record<string, string>,
    headers?: Record<string, string>,
  ): Promise<Answer>;
  /** Follows redirects, at most ten, and returns the last answer and its address. */
  follow(url: string): Promise<Answer & { url: string }>;
  /** Opens a page of the site and signs in on the hosted UI when asked; ends on the page. */
  signIn(username: string, path?: string): Promise<Answer & { url: string }>;
  /** The same up to the callback, which is returned and not opened. */
  reachCallback(username: string, path?: string): Promise<string>;
  /** The names of this site's cookies that start so. */
  cookieNames(prefix: string): string[];
  /** The header with this site's cookies, for requests that are sent by hand. */
  cookieHeader(): string;
  /** Another browser with the same cookies. */
  clone(): Visitor;
}

/**
 * Makes a visitor.
 *
 * @param origin the site's
 * @param before cookies to start with
 */
export function createVisitor(origin: string, before?: Visitor['cookies']): Visitor {
  const cookies: Visitor['cookies'] = new Map(
    [...(before ?? [])].map(([host, jar]) => [host, new Map(jar)]),
  );
  const absolute = (url: string) => new URL(url, origin).href;

  function jarOf(url: string): Map<string, string> {
    const { hostname } = new URL(url);
    const jar = cookies.get(hostname) ?? new Map<string, string>();
    cookies.set(hostname, jar);
    return jar;
  }

  async function exchange(
    url: string,
    options: { method: string; headers: Record<string, string>; body?: string },
  ): Promise<Answer> {
    const jar = jarOf(url);
    const cookie = headerOf(jar);
    const headers = cookie ? { cookie, ...options.headers } : options.headers;
    const answer = await send(url, { ...options, headers });
    for (const line of answer.setCookies) store(jar, line);
    return answer;
  }

  const visitor: Visitor = {
    cookies,
    open: (url, headers = DOCUMENT) => exchange(absolute(url), { method: 'GET', headers }),
    head: (url) => exchange(absolute(url), { method: 'HEAD', headers: DOCUMENT }),
    post: (url, form = {}, headers = {}) =>
      exchange(absolute(url), {
        method: 'POST',
        body: new URLSearchParams(form).toString(),
        headers: {
          ...DOCUMENT,
          origin: new URL(absolute(url)).origin,
          'content-type': 'application/x-www-form-urlencoded',
          ...headers,
        },
      }),
    async follow(url) {
      let here = absolute(url);
      for (let hops = 0; hops < 10; hops++) {
        const answer = await visitor.open(here);
        const location = answer.headers.get('location');
        if (!location) return { ...answer, url: here };
        here = new URL(location, here).href;
      }
      throw new Error(`More than ten redirects, the last to ${here}`);
    },
    async reachCallback(username, path = '/profile') {
      let here = absolute(path);
      for (let hops = 0; hops < 10; hops++) {
        const answer = await visitor.open(here);
        const next = answer.headers.get('location') ?? (await logIn(here, answer, username));
        here = new URL(next, here).href;
        if (here.startsWith(origin) && new URL(here).searchParams.has('code')) return here;
      }
      throw new Error('No callback after ten steps');
    },
    async signIn(username, path = '/profile') {
      return visitor.follow(await visitor.reachCallback(username, path));
    },
    cookieNames: (prefix) =>
      [...(cookies.get(new URL(origin).hostname)?.keys() ?? [])].filter((name) =>
        name.startsWith(prefix),
      ),
    cookieHeader: () => headerOf(jarOf(origin)),
    clone: () => createVisitor(origin, cookies),
  };

  /** Fills in the hosted UI's form; returns where it leads. */
  async function logIn(url: string, page: Answer, username: string): Promise<string> {
    const csrf = /name="_csrf"[^>]*value="([^"]+)"/.exec(page.body)?.[1];
    if (!csrf) throw new Error(`No sign-in form at ${url} (${page.status})`);
    const answer = await visitor.post(url, {
      _csrf: csrf,
      username,
      password: PASSWORDS[username] ?? '',
    });
    const location = answer.headers.get('location');
    if (!location) throw new Error(`The hosted UI refused ${username} (${answer.status})`);
    return location;
  }

  return visitor;
}

function headerOf(jar: ReadonlyMap<string, string>): string {
  return [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
}

function store(jar: Map<string, string>, line: string): void {
  const [pair = '', ...attributes] = line.split(';');
  const name = pair.slice(0, pair.indexOf('=')).trim();
  const value = pair.slice(pair.indexOf('=') + 1);
  const over = attributes.some((attribute) => /^\s*max-age=0\s*$/i.test(attribute));
  if (over || value === '') jar.delete(name);
  else jar.set(name, value);
}
