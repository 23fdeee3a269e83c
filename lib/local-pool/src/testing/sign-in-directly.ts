import { randomBytes } from 'node:crypto';
import type { LocalPool } from '../pool';
import type { CookieJar } from './cookie-jar';
import { type BrowserPage, isPage } from './page';
import { cookiesOfJar, cookiesOfPage } from './visitor-cookies';

/**
 * Signs in without any page: real tokens of the pool, sealed by the site's own code into the cookies
 * that a sign-in would have left. A browser then opens the page, a jar opens nothing.
 *
 * @param visitor a page of Playwright or a jar
 * @param from.pool issues the tokens
 * @param from.environment the site's
 * @param from.site the site's origin
 * @param who the person, and where a browser ends
 */
export async function signInDirectly(
  visitor: BrowserPage | CookieJar,
  from: { pool: LocalPool; environment: Readonly<Record<string, string>>; site: string },
  who: { username: string; path: string },
): Promise<void> {
  const { pool, environment, site } = from;
  // Only here: a kit that lies beside another site works without it.
  const { sealSession } = await import('../../../../tests/support/seal-session');
  const nonce = randomBytes(16).toString('base64url');
  const tokens = await pool.mint(who.username, { nonce });
  const planter = isPage(visitor) ? cookiesOfPage(visitor, site) : cookiesOfJar(visitor, site);
  await planter.plant(await sealSession(environment, tokens, await planter.before()));
  if (isPage(visitor)) await visitor.goto(`${site}${who.path}`);
}
