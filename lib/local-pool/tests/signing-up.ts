import type { LocalPool } from '../src/pool';
import { type Browser, loginPath } from './hosted-ui-browser';

/** The sign-up form's fields for a new user. */
export const ZOE = {
  username: 'zoe',
  'requiredAttributes[email]': 'zoe@example.com',
  password: 'Zoes-password-1',
};

export async function signUp(
  browser: Browser,
  fields: Record<string, string> = {},
  more: Record<string, string | null> = {},
) {
  const signIn = await browser.open(loginPath(more));
  const page = await browser.follow(signIn, '/signup?');
  return await browser.press(page, 'signUpButton', { ...ZOE, ...fields });
}

export const lastCode = (pool: LocalPool) => pool.outbox()[0]?.code ?? '';
export const wrongFor = (code: string) => (code === '000000' ? '000001' : '000000');
