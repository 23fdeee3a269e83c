import type { Page } from 'playwright-core';
import { launchBrowser } from '../../../tests/support/browser';
import type { PageSignIn } from './page-sign-in';
import type { Target } from './target';

/** Managed login gives up after five minutes; somebody who waits for this command sooner. */
const STEP_MS = 20_000;

/**
 * Signs in as a person would. Managed login has no stable markup and is made by a script, so this
 * looks for what is visible: a field for the name and one for the password, on one page or on two.
 *
 * @param target where; its jar has the session afterwards
 * @param changes of the authorization request
 * @throws Error when the pages do not lead to the callback
 */
export const signInByBrowser: PageSignIn = async (target, changes) => {
  const browser = await launchBrowser();
  try {
    const context = await browser.newContext({ locale: 'en-US' });
    context.setDefaultTimeout(STEP_MS);
    const page = await context.newPage();
    const callback = await comeTo(page, target, `${target.authorizeQuery(changes)}`);
    const cookies = await context.cookies(target.domain);
    const lines = cookies.map(({ name, value }) => `${name}=${value}`);
    target.jar.store(target.domain, lines);

    const code = new URL(callback).searchParams.get('code');
    if (code === null) throw new Error('The callback was reached without a code.');
    return code;
  } finally {
    await browser.close();
  }
};

/** The callback's address with the code. Nobody needs to listen there. */
async function comeTo(page: Page, target: Target, query: string): Promise<string> {
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
    throw new Error('The pages did not lead to the callback: is there another step, such as MFA?');
  });
  return page.url();
}
