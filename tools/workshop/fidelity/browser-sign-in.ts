import type { Page } from 'playwright-core';
import { launchBrowser } from '../../../tests/support/browser';
import type { PageSignIn } from './page-sign-in';
import type { Target } from './target';

/** Managed login times out after five minutes; a user of this command should not wait that long. */
const STEP_MS = 20_000;

/**
 * Signs in with a browser. Managed login has no stable markup and is rendered by a script, so this looks for
 * what is visible: a field for the user name and one for the password, on one page or two.
 *
 * @param target the pool; its jar contains the session afterwards
 * @param changes of the authorization request
 * @throws Error when the pages do not lead to the callback
 */
export const signInByBrowser: PageSignIn = async (target, changes) => {
  const browser = await launchBrowser();
  try {
    const context = await browser.newContext({ locale: 'en-US' });
    context.setDefaultTimeout(STEP_MS);
    const page = await context.newPage();
    const callback = await reachCallback(page, target, `${target.authorizeQuery(changes)}`);
    const cookies = await context.cookies(target.domain);
    const lines = cookies.map(({ name, value }) => `${name}=${value}`);
    target.jar.store(target.domain, lines);

    const code = new URL(callback).searchParams.get('code');
    if (code === null) throw new Error('The callback URL contains no code.');
    return code;
  } finally {
    await browser.close();
  }
};

/** Returns the callback URL with the code. No server is needed there. */
async function reachCallback(page: Page, target: Target, query: string): Promise<string> {
  const isCallback = (url: URL) => url.href.startsWith(`${target.redirectUri}?`);
  await page.route(isCallback, (route) => route.fulfill({ body: '' }));
  await page.goto(`${target.domain}/oauth2/authorize?${query}`);

  const name = page.locator('input[name="username"]:visible').first();
  const password = page.locator('input[type="password"]:visible').first();
  await name.fill(target.username);
  if (!(await password.isVisible())) await name.press('Enter');
  await password.fill(target.password);
  await password.press('Enter');
  await page.waitForURL(isCallback).catch(() => {
    throw new Error('The pages did not lead to the callback. Is there another step, such as MFA?');
  });
  return page.url();
}
