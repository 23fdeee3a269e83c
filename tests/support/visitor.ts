import { type Answer, send } from './http';

/** The headers that a browser sends with a navigation or form, and with a `fetch` of the page. */
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

/** A simple HTTP client that keeps cookies as a browser does. */
export interface Visitor {
  /** Cookies by host name. As in browsers, all ports of a host share them. */
  readonly cookies: Map<string, Map<string, string>>;
  /** Sends a navigation. Doesn't follow redirects. */
  open(url: string, headers?: Record<string, string>): Promise<Answer>;
  /** Sends a navigation as HEAD. */
  head(url: string): Promise<Answer>;
  /** Posts a form from a page of the site. */
  post(
    url: string,
    form?: Record<string, string>,
    headers?: Record<string, string>,
  ): Promise<Answer>;
  /** Follows up to ten redirects, and returns the last response and its URL. */
  follow(url: string): Promise<Answer & { url: string }>;
  /** Opens a page that requires sign-in, signs in on the hosted UI, and follows redirects to the end. */
  signIn(username: string, path?: string): Promise<Answer & { url: string }>;
  /** Signs in up to the callback, and returns the callback's URL without opening it. */
  reachCallback(username: string, path?: string): Promise<string>;
  /** The names of this site's cookies that start with a prefix. */
  cookieNames(prefix: string): string[];
  /** The `Cookie` header for this site, for requests that don't go through this visitor. */
  cookieHeader(): string;
  /** Creates another visitor with the same cookies. */
  clone(): Visitor;
}

/**
 * Creates a visitor.
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
      throw new Error(`More than ten redirects. The last one was to ${here}`);
    },
    async reachCallback(username, path = '/profile') {
      let here = absolute(path);
      for (let hops = 0; hops < 10; hops++) {
        const answer = await visitor.open(here);
        const next = answer.headers.get('location') ?? (await logIn(here, answer, username));
        here = new URL(next, here).href;
        if (here.startsWith(origin) && new URL(here).searchParams.has('code')) return here;
      }
      throw new Error(`No callback after ten redirects. The last one was to ${here}`);
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

  /** Submits the hosted UI's form, and returns where it redirects to. */
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

/** Shorter texts could be on any page by chance. */
const MIN_LENGTH = 12;

/**
 * Finds the texts that private pages contain and public pages don't. It opens the pages to find them,
 * so it also works for pages that you add. Texts in the URL of the hosted UI don't count as private,
 * because every visitor is redirected there.
 *
 * @param insider a visitor who is signed in and may see all routes
 * @param routes the private routes
 * @param open the public routes, opened by the same visitor
 * @returns for each private route, the texts that no public route has
 */
export async function privateTexts(
  insider: Visitor,
  routes: string[],
  open: string[],
): Promise<Map<string, string[]>> {
  const everywhere = new Set<string>(['insufficient_user_authentication']);
  let addresses = '';
  for (const route of open) {
    const answer = await insider.open(route, DOCUMENT);
    for (const text of texts(answer.body)) everywhere.add(text);
    addresses += answer.headers.get('location') ?? '';
  }
  const found = new Map<string, string[]>();
  for (const route of routes) {
    const isApi = route.startsWith('/api/');
    const answer = await insider.open(route, isApi ? FETCH : DOCUMENT);
    const own = answer.status === 200 ? texts(answer.body) : [];
    found.set(
      route,
      [...new Set(own)].filter((text) => !everywhere.has(text) && !addresses.includes(text)),
    );
  }
  return found;
}

/** The texts between the tags of HTML, without its title, which isn't private; or the strings of JSON. */
function texts(html: string): string[] {
  const body = html.replace(/<title>[^<]*<\/title>/g, '');
  const pieces = body.startsWith('{') ? body.match(/"[^"]*"/g) : body.match(/>[^<>]+</g);
  return (pieces ?? [])
    .map((piece) => piece.slice(1, -1).trim())
    .filter((text) => text.length >= MIN_LENGTH);
}
