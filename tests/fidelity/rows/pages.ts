import {
  type Browser,
  enter,
  openBrowser,
  type Page,
  pathOf,
  problemOn,
} from '../../local-pool/hosted-ui-browser';
import { fromBase32, totpOf } from '../../local-pool/totp-code';
import { type Behaviour, behaviour, different, unconfirmed } from '../behaviour';
import { controlOf } from '../control';
import type { Target } from '../target';

const ZOE = {
  username: 'zoe',
  'requiredAttributes[email]': 'zoe@example.com',
  password: 'Zoes-password-1',
};
const DAY = 86_400;

/** A walk through pages of the local pool: sign-ups and mails are nothing to do to a real one. */
function walk(
  id: string,
  ask: string,
  cognito: string,
  steps: (browser: Browser, target: Target) => Promise<string>,
  row: Partial<Behaviour> = {},
): Behaviour {
  return behaviour({
    source: 'dg: managed login endpoints',
    needs: 'control',
    ...row,
    id: `pages/${id}`,
    ask,
    cognito,
    observe: async (target) => await steps(openBrowser(controlOf(target)), target),
  });
}

const address = (target: Target, path: string) => `${path}?${target.authorizeQuery()}`;
const mailed = (target: Target) => controlOf(target).outbox()[0]?.code ?? '';

async function signUp(browser: Browser, target: Target, fields = {}): Promise<Page> {
  const page = await browser.open(address(target, '/signup'));
  return await browser.press(page, 'signUpButton', { ...ZOE, ...fields });
}

async function signIn(browser: Browser, target: Target, name: string, password: string) {
  return await enter(browser, name, password, { client_id: target.clientId });
}

/** Where a page is and what it complains of, or that the app has its code. */
function at(page: Page): string {
  if (page.callback !== null) return page.callback.searchParams.has('code') ? 'code' : 'error';
  const problem = problemOn(page);
  return problem === '' ? pathOf(page) : `${pathOf(page)}: ${problem}`;
}

async function forgot(browser: Browser, target: Target, username: string): Promise<Page> {
  const page = await browser.open(address(target, '/forgotPassword'));
  return await browser.press(page, 'reset_my_password', { username });
}

/** Sign-up, forgotten password, second factor (cognito-facts, section 3). */
export const PAGES: readonly Behaviour[] = [
  walk('sign-up', 'Signing up, then the code that was mailed', '/confirm; code', async (b, t) => {
    const page = await signUp(b, t);
    const done = await b.press(page, 'confirm', { confirmation_code: mailed(t) });
    return `${at(page)}; ${at(done)}`;
  }),
  walk(
    'name-taken',
    'Signing up with a name that somebody has',
    '/signup: User already exists',
    async (b, t) => at(await signUp(b, t, { username: 'alice' })),
    { source: 'obs: recorded 2026-05' },
  ),
  walk(
    'policy',
    'Signing up with a password without a digit',
    '/signup: Password did not conform with policy: Password must have numeric characters',
    async (b, t) => at(await signUp(b, t, { password: 'Password-password' })),
    { source: 'api', standing: unconfirmed },
  ),
  walk(
    'wrong-code',
    'A wrong code',
    '/confirm: Invalid verification code provided, please try again.',
    async (b, t) => at(await b.press(await signUp(b, t), 'confirm', { confirmation_code: 'x' })),
    { source: 'obs: recorded 2026-05' },
  ),
  walk(
    'code-life',
    'The code of a sign-up after 24 hours',
    '/confirm: Invalid code provided, please request a code again.',
    async (b, t) => {
      await signUp(b, t);
      const code = mailed(t);
      controlOf(t).advance(DAY);
      const page = await signIn(b, t, 'zoe', ZOE.password);
      return at(await b.press(page, 'confirm', { confirmation_code: code }));
    },
    { source: 'dg: quotas; text: api' },
  ),
  walk(
    'mailed-link',
    'The link in the mail, opened in another browser: confirmed, not signed in',
    '/login; no session',
    async (b, t) => {
      await signUp(b, t);
      const query = new URLSearchParams({
        client_id: t.clientId,
        user_name: 'zoe',
        confirmation_code: mailed(t),
      });
      const other = openBrowser(controlOf(t));
      await other.open(`/confirmUser?${query}`);
      const session = other.cookies.has('cognito') ? 'a session' : 'no session';
      return `${pathOf(await other.open(address(t, '/login')))}; ${session}`;
    },
    { standing: unconfirmed },
  ),
  walk(
    'direct',
    '`/confirm` and `/confirmforgotPassword` opened directly: a redirect only',
    '302, 302',
    async (_, t) => {
      const statuses = [];
      for (const path of ['/confirm', '/confirmforgotPassword']) {
        statuses.push((await t.get(address(t, path))).status);
      }
      return statuses.join(', ');
    },
  ),
  walk(
    'forgot',
    'A forgotten password: the code with a new one, then a sign-in with it',
    '/confirmforgotPassword; /login; code',
    async (b, t) => {
      const page = await forgot(b, t, 'alice');
      const sent = { confirmation_code: mailed(t), new_password: 'Another-password-2' };
      const done = await b.press(page, 'reset_password', sent);
      const signedIn = await signIn(b, t, 'alice', 'Another-password-2');
      return `${at(page)}; ${at(done)}; ${at(signedIn)}`;
    },
  ),
  walk(
    'forgot-unknown',
    'A forgotten password of a name that nobody has: as if a code were sent',
    '/confirmforgotPassword',
    async (b, t) => at(await forgot(b, t, 'nobody')),
    { source: 'dg: managing errors' },
  ),
  walk(
    'forgot-life',
    'The code of a forgotten password after an hour',
    '/confirmforgotPassword: Invalid code provided, please request a code again.',
    async (b, t) => {
      const page = await forgot(b, t, 'alice');
      controlOf(t).advance(3600);
      const sent = { confirmation_code: mailed(t), new_password: 'Another-password-2' };
      return at(await b.press(page, 'reset_password', sent));
    },
    { source: 'dg: quotas; text: api' },
  ),
  walk(
    'new-password',
    'A temporary password: no session and no code before there is a new one',
    '/newPassword without a session',
    async (b, t) => {
      const page = await signIn(b, t, 'dave', 'Dave-password-1');
      return `${at(page)} ${b.cookies.has('cognito') ? 'with' : 'without'} a session`;
    },
    { standing: unconfirmed, source: 'dg: MFA; the path is ours' },
  ),
  walk(
    'mfa',
    "An authenticator app's code after the password, and the same code again",
    '/mfa; code; another time /mfa: Invalid code received for user',
    async (b, t) => {
      const { users } = controlOf(t).settings;
      const secret = users.find(({ username }) => username === 'erin')?.mfa?.secret ?? '';
      const now = t.control?.settings.now() ?? 0;
      const sent = { authentication_code: totpOf(fromBase32(secret), now) };
      const page = await signIn(b, t, 'erin', 'Erin-password-1');
      const done = await b.press(page, 'signInSubmitButton', sent);
      const other = openBrowser(controlOf(t));
      const second = await signIn(other, t, 'erin', 'Erin-password-1');
      const again = await other.press(second, 'signInSubmitButton', sent);
      return `${at(page)}; ${at(done)}; another time ${at(again)}`;
    },
    { standing: unconfirmed, source: 'dg: MFA; the path is ours' },
  ),
  walk(
    'passkeys',
    '`/passkeys/add` with a callback URL',
    'a page',
    async (_, t) => {
      const query = new URLSearchParams({ client_id: t.clientId, redirect_uri: t.redirectUri });
      const { status } = await t.get(`/passkeys/add?${query}`);
      return status === 404 ? '404' : 'a page';
    },
    { standing: different('404', 'there are no passkeys here'), traits: ['managed'] },
  ),
];
