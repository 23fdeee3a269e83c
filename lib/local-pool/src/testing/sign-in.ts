import type { CookieJar } from './cookie-jar';
import { fetchWithJar } from './jar-fetch';
import type { BrowserPage } from './page';

/** Who signs in, on which site and pool. */
export interface SignIn {
  username: string;
  password: string;
  /** The path on the site to end on, e.g. `/profile`. */
  path: string;
  /** The site's origin. */
  site: string;
  /** The path that starts a sign-in, e.g. `/login`; it accepts `returnTo`. */
  loginPath: string;
  /** The pool's origin. */
  pool: string;
}

/** A sign-in takes three redirects. Many more are a loop. */
const MAX_HOPS = 12;

/**
 * Signs in through the hosted UI's pages in a real browser.
 *
 * It opens the page first, which redirects to the hosted UI if it requires a sign-in. If it
 * doesn't, because it is public or a user is already signed in, the site's `/login` starts the
 * sign-in.
 *
 * @param page a Playwright page; ends on `path`
 * @param who the user, the site and the pool
 * @throws Error with the browser's URL, if it doesn't end on the site
 */
export async function signInByPage(page: BrowserPage, who: SignIn): Promise<void> {
  // Otherwise the hosted UI would silently sign in the previous user.
  const domain = new URL(who.pool).hostname;
  await page.context().clearCookies({ name: 'cognito', domain });
  await page.goto(`${who.site}${who.path}`);
  if (isOn(who.site, page.url())) await page.goto(loginUrl(who));

  await page.locator('input[name="username"]:visible').first().fill(who.username);
  await page.locator('input[name="password"]:visible').first().fill(who.password);
  await page.locator('[name="signInSubmitButton"]:visible').first().click();
  try {
    await page.waitForURL((url) => url.origin === who.site && url.pathname !== who.loginPath);
  } catch (cause) {
    throw new Error(`"${who.username}" is not signed in; the browser is on ${here(page.url())}.`, {
      cause,
    });
  }
}

/**
 * Signs in through the hosted UI's pages over HTTP, without a browser.
 *
 * @param jar receives the session cookies
 * @param who the user, the site and the pool; the sign-in starts as in a browser
 * @throws Error with the URL and status of the response that ended the sign-in
 */
export async function signInByJar(jar: CookieJar, who: SignIn): Promise<void> {
  jar.store(who.pool, ['cognito=; Max-Age=0']);
  let at = await follow(jar, `${who.site}${who.path}`);
  if (isOn(who.site, at.url)) at = await follow(jar, loginUrl(who));

  const csrf = /name="_csrf"[^>]*value="([^"]+)"/.exec(await at.response.text())?.[1];
  if (csrf === undefined) throw new Error(`No sign-in form: ${told(at)}.`);
  const { username, password } = who;
  const body = new URLSearchParams({ _csrf: csrf, username, password, cognitoAsfData: '' });
  const answer = await fetchWithJar(jar, at.url, { body });
  const callback = locationOf(answer, at.url);
  const end = callback ? await follow(jar, callback) : { url: at.url, response: answer };
  const isSignedIn = isOn(who.site, end.url) && new URL(end.url).pathname !== who.loginPath;
  if (!isSignedIn) throw new Error(`"${username}" is not signed in: ${told(end)}.`);
}

interface Stop {
  url: string;
  response: Response;
}

/** Follows redirects. */
async function follow(jar: CookieJar, from: string): Promise<Stop> {
  let url = from;
  for (let hops = 0; hops < MAX_HOPS; hops++) {
    const response = await fetchWithJar(jar, url);
    const next = locationOf(response, url);
    if (next === null) return { url, response };
    url = next;
  }
  throw new Error(`More than ${MAX_HOPS} redirects, the last to ${here(url)}.`);
}

function locationOf(response: Response, from: string): string | null {
  const location = response.headers.get('location');
  return location === null ? null : new URL(location, from).href;
}

function loginUrl({ site, loginPath, path }: SignIn): string {
  return `${site}${loginPath}?${new URLSearchParams({ returnTo: path })}`;
}

function isOn(origin: string, url: string): boolean {
  return new URL(url).origin === origin;
}

function told({ url, response }: Stop): string {
  return `${here(url)} returned ${response.status}`;
}

/** Without the query, which may contain a code. */
function here(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}
