import { randomBytes } from 'node:crypto';
import type { TokenAnswer } from '../issue';
import type { LocalPool } from '../pool';
import type { CookieJar } from './cookie-jar';
import { type BrowserPage, isPage } from './page';
import { cookiesOfJar, cookiesOfPage, type SealedCookie } from './visitor-cookies';

/**
 * The site's own way to turn tokens into the cookies of a session. The kit knows no site, so a test
 * hands it in (`tests/support/local-pool.ts`).
 *
 * @param environment the site's, SESSION_SECRET among it
 * @param tokens from the pool, with an ID token and a refresh token
 * @param before the cookies that the visitor has for the site: old pieces of a session must go
 * @returns what the site would set
 */
export type SealSession = (
  environment: Readonly<Record<string, string>>,
  tokens: TokenAnswer,
  before: ReadonlyMap<string, string>,
) => Promise<readonly SealedCookie[]>;

/**
 * Signs in without any page: real tokens of the pool, sealed by the site's own code into the cookies
 * that a sign-in would have left. A browser then opens the page, a jar opens nothing.
 *
 * @param visitor a page of Playwright or a jar
 * @param from.pool issues the tokens
 * @param from.seal makes the cookies
 * @param from.environment the site's
 * @param from.site the site's origin
 * @param who the person, and where a browser ends
 */
export async function signInDirectly(
  visitor: BrowserPage | CookieJar,
  from: {
    pool: LocalPool;
    seal: SealSession;
    environment: Readonly<Record<string, string>>;
    site: string;
  },
  who: { username: string; path: string },
): Promise<void> {
  const { pool, seal, environment, site } = from;
  const nonce = randomBytes(16).toString('base64url');
  const tokens = await pool.mint(who.username, { nonce });
  const cookies = isPage(visitor) ? cookiesOfPage(visitor, site) : cookiesOfJar(visitor, site);
  await cookies.set(await seal(environment, tokens, await cookies.read()));
  if (isPage(visitor)) await visitor.goto(`${site}${who.path}`);
}
