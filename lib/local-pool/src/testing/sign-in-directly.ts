import { randomBytes } from 'node:crypto';
import type { TokenAnswer } from '../issue';
import type { LocalPool } from '../pool';
import type { CookieJar } from './cookie-jar';
import { type BrowserPage, isPage } from './page';
import { cookiesOfJar, cookiesOfPage, type SealedCookie } from './visitor-cookies';

/**
 * Turns tokens into session cookies the way the site does. The kit knows no site, so the test
 * passes this function in (`tests/support/local-pool.ts`).
 *
 * @param environment the site's environment variables, including SESSION_SECRET
 * @param tokens from the pool, with an ID token and a refresh token
 * @param before the visitor's cookies for the site, so that old session chunks can be deleted
 * @returns the cookies that the site would set
 */
export type SealSession = (
  environment: Readonly<Record<string, string>>,
  tokens: TokenAnswer,
  before: ReadonlyMap<string, string>,
) => Promise<readonly SealedCookie[]>;

/**
 * Signs in without the hosted UI: the site's own code seals real tokens from the pool into session
 * cookies. A browser then opens the page; a jar sends no request.
 *
 * @param visitor a Playwright page or a jar
 * @param from.pool issues the tokens
 * @param from.seal makes the cookies
 * @param from.environment the site's environment variables
 * @param from.site the site's origin
 * @param who the user, and the path that a browser opens
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
