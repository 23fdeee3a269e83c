import {
  type Browser,
  openBrowser,
  type Page,
  problemOn,
} from '../../../../lib/local-pool/tests/hosted-ui-browser';
import { ZOE } from '../../../../lib/local-pool/tests/signing-up';
import { type Behavior, unconfirmed } from '../behavior';
import { controlOf } from '../control';
import type { Target } from '../target';
import { address, at, forgot, mailed, signIn, signUp, walk } from './walk';

const HOUR = 3600;
const NEW_PASSWORD = 'Another-password-2';
const EXPIRED = 'Invalid code provided, please request a code again.';
const LIMIT = 'Attempt limit exceeded, please try after some time.';

/** Presses a button until the page refuses, and returns how many times it worked. */
async function untilRefused(first: Page, press: (page: Page) => Promise<Page>): Promise<string> {
  let page = first;
  for (let times = 1; times <= 30; times += 1) {
    page = await press(page);
    if (problemOn(page) === LIMIT) return `${times - 1}, then ${at(page)}`;
  }
  return 'no limit';
}

/** Two users sign up or reset their passwords; one enters the code at the last second, one too late. */
async function lastSecond(
  target: Target,
  life: number,
  start: (browser: Browser, name: string) => Promise<Page>,
  end: (browser: Browser, page: Page, name: string, code: string) => Promise<Page>,
  names: readonly [string, string],
): Promise<string> {
  const started = [];
  for (const name of names) {
    const browser = openBrowser(controlOf(target));
    started.push({ name, browser, page: await start(browser, name), code: mailed(target) });
  }
  controlOf(target).advance(life - 1);
  const ends = [];
  for (const { name, browser, page, code } of started) {
    ends.push(at(await end(browser, page, name, code)));
    controlOf(target).advance(1);
  }
  return ends.join('; ');
}

/** How long emailed codes are valid, and how often they may be requested (cognito-facts, section 13). */
export const MAILED_CODES: readonly Behavior[] = [
  walk(
    'code-life',
    'The code of a sign-up, one second before it is 24 hours old, and at 24 hours',
    `code; /confirm: ${EXPIRED}`,
    async (_, t) => {
      const fields = (name: string) => ({
        username: name,
        'requiredAttributes[email]': `${name}@example.com`,
      });
      return await lastSecond(
        t,
        24 * HOUR,
        async (browser, name) => await signUp(browser, t, fields(name)),
        async (browser, _page, name, code) => {
          const page = await signIn(browser, t, name, ZOE.password);
          return await browser.press(page, 'confirm', { confirmation_code: code });
        },
        ['zoe', 'zack'],
      );
    },
    { source: 'dg: quotas; text: api' },
  ),
  walk(
    'forgot-life',
    'The code of a forgotten password, one second before it is an hour old, and at one hour',
    `/login; /confirmforgotPassword: ${EXPIRED}`,
    async (_, t) => {
      return await lastSecond(
        t,
        HOUR,
        async (browser, name) => await forgot(browser, t, name),
        async (browser, page, _name, code) => {
          const sent = { confirmation_code: code, new_password: NEW_PASSWORD };
          return await browser.press(page, 'reset_password', sent);
        },
        ['alice', 'bob'],
      );
    },
    { source: 'dg: quotas; text: api' },
  ),
  walk(
    'resend-limit',
    'How often a code is emailed again within an hour; then again an hour later',
    `5, then /confirm: ${LIMIT}; /confirm`,
    async (b, t) => {
      const resend = async (page: Page) => await b.press(page, 'resend');
      const refused = await untilRefused(await signUp(b, t), resend);
      controlOf(t).advance(HOUR);
      return `${refused}; ${at(await resend(await b.open(address(t, '/confirm'))))}`;
    },
    { source: 'dg: quotas; text: api' },
  ),
  walk(
    'forgot-limit',
    'How often the code of a forgotten password is emailed within an hour (Cognito: 5 to 20)',
    `5, then /forgotPassword: ${LIMIT}`,
    async (b, t) => {
      const first = await b.open(address(t, '/forgotPassword'));
      return await untilRefused(first, async () => await forgot(b, t, 'alice'));
    },
    { source: 'dg: quotas; text: api', standing: unconfirmed },
  ),
  walk(
    'confirm-limit',
    'How many codes may be tried within an hour; then the right one',
    `15, then /confirm: ${LIMIT}; /confirm: ${LIMIT}`,
    async (b, t) => {
      const enter = async (page: Page, code: string) => {
        return await b.press(page, 'confirm', { confirmation_code: code });
      };
      const page = await signUp(b, t);
      const refused = await untilRefused(page, async (tried) => await enter(tried, 'x'));
      return `${refused}; ${at(await enter(page, mailed(t)))}`;
    },
    { source: 'dg: quotas; text: api' },
  ),
];
