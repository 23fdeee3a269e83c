import {
  type Browser,
  enter,
  openBrowser,
  type Page,
  pathOf,
  problemOn,
} from '../../../../lib/local-pool/tests/hosted-ui-browser';
import { lastCode, ZOE } from '../../../../lib/local-pool/tests/signing-up';
import { type Behavior, behavior } from '../behavior';
import { controlOf } from '../control';
import type { Target } from '../target';

/** A walk through pages of the local pool; a real pool should not get test sign-ups or send emails. */
export function walk(
  id: string,
  ask: string,
  cognito: string,
  steps: (browser: Browser, target: Target) => Promise<string>,
  row: Partial<Behavior> = {},
): Behavior {
  return behavior({
    source: 'dg: managed login endpoints',
    needs: 'control',
    ...row,
    id: `pages/${id}`,
    ask,
    cognito,
    observe: async (target) => await steps(openBrowser(controlOf(target)), target),
  });
}

/** A page with the query of a valid authorization request. */
export const address = (target: Target, path: string) => `${path}?${target.authorizeQuery()}`;

/** Enters a name and a password on the sign-in page. */
export async function signIn(
  browser: Browser,
  target: Target,
  name: string,
  password: string,
): Promise<Page> {
  return await enter(browser, name, password, { client_id: target.clientId });
}

/** The path of a page and its error message, or `code` once the app has its code. */
export function at(page: Page): string {
  if (page.callback !== null) return page.callback.searchParams.has('code') ? 'code' : 'error';
  const problem = problemOn(page);
  return problem === '' ? pathOf(page) : `${pathOf(page)}: ${problem}`;
}

/** The code in the latest email that has one; otherwise an empty string. */
export const mailed = (target: Target) => lastCode(controlOf(target));

/** Signs up Zoe, or a user with other fields. */
export async function signUp(browser: Browser, target: Target, fields = {}): Promise<Page> {
  const page = await browser.open(address(target, '/signup'));
  return await browser.press(page, 'signUpButton', { ...ZOE, ...fields });
}

/** Requests a code for a forgotten password. */
export async function forgot(browser: Browser, target: Target, username: string): Promise<Page> {
  const page = await browser.open(address(target, '/forgotPassword'));
  return await browser.press(page, 'reset_my_password', { username });
}
