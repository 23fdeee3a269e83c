import { describe, expect, it } from 'vitest';
import type { LocalPool } from '../src/pool';
import { testUsers } from '../src/testing/test-seeds';
import {
  type Browser,
  enter,
  loginPath,
  openBrowser,
  pathOf,
  problemOn,
} from './hosted-ui-browser';
import { get, location, post, START, startPool, startPoolWith } from './support';
import { fromBase32, totpOf } from './totp-code';

const NEW = 'Alice-password-2';
const ERINS_SECRET = testUsers().find(({ mfa }) => mfa)?.mfa?.secret ?? '';

async function forget(browser: Browser, username: string) {
  const page = await browser.follow(await browser.open(loginPath()), '/forgotPassword?');
  return await browser.press(page, 'reset_my_password', { username });
}

const lastCode = (pool: LocalPool) => pool.outbox()[0]?.code ?? '';

describe('a forgotten password', () => {
  it('is replaced with the emailed code, and the old one no longer works or appears', async () => {
    const pool = await startPool();
    const browser = openBrowser(pool);
    const reset = await forget(browser, 'alice');
    expect(pathOf(reset)).toBe('/confirmforgotPassword');
    expect(pool.outbox()[0]).toMatchObject({ to: 'alice@example.com' });
    const fields = { confirmation_code: lastCode(pool), new_password: NEW };
    const login = await browser.press(reset, 'reset_password', fields);
    expect(pathOf(login)).toBe('/login');
    expect(login.body).toContain('Your password was changed.');
    expect(browser.cookies.has('cognito')).toBe(false);
    for (const password of ['Alice-password-1', NEW]) expect(login.body).not.toContain(password);

    const old = await enter(openBrowser(pool), 'alice', 'Alice-password-1');
    expect(problemOn(old)).toBe('Incorrect username or password.');
    expect((await enter(browser, 'alice', NEW)).callback?.searchParams.get('state')).toBe(
      'the-state',
    );
  });

  it('can be reset with the verified address, under both spellings of the path', async () => {
    const pool = await startPool();
    const browser = openBrowser(pool);
    const reset = await forget(browser, 'Alice@example.com');
    const other = await browser.open(reset.url.replace('confirmforgot', 'confirmForgot'));
    const fields = { confirmation_code: lastCode(pool), new_password: NEW };
    expect(pathOf(await browser.press(other, 'reset_password', fields))).toBe('/login');
    expect((await enter(browser, 'alice@example.com', NEW)).callback).not.toBeNull();
  });

  it.each([
    ['an unknown name', 'mallory'],
    ['an inherited property', '__proto__'],
    ['an empty name', ''],
    ['an address that is not verified', 'carol'],
    ['a temporary password', 'dave'],
  ])('looks the same for %s, at every step', async (_, username) => {
    const pool = await startPool();
    const answers = async (name: string) => {
      const browser = openBrowser(pool);
      await browser.open(loginPath());
      const cookie = `XSRF-TOKEN=${browser.cookies.get('XSRF-TOKEN')}`;
      const form = { _csrf: browser.cookies.get('XSRF-TOKEN') ?? '', username: name };
      const path = loginPath().replace('/login', '/forgotPassword');
      const sent = await post(pool, path, form, { cookie });
      const page = await forget(browser, name);
      const wrong = { confirmation_code: 'no code', new_password: NEW };
      let tried = await browser.press(page, 'reset_password', wrong);
      const bad = await browser.press(page, 'reset_password', { ...wrong, new_password: 'x' });
      const first = problemOn(tried);
      for (let count = 1; count <= 14; count++) {
        tried = await browser.press(page, 'reset_password', wrong);
      }
      for (let count = 1; count <= 4; count++) await forget(browser, name);
      return {
        status: sent.status,
        location: location(sent).href,
        headers: [...sent.headers.keys()],
        cookies: sent.headers.getSetCookie().map((line) => line.replace(/=[^;]*/, '')),
        page: page.body.replaceAll(/value="[^"]*"/g, ''),
        first,
        bad: problemOn(bad),
        last: problemOn(tried),
        limit: problemOn(await forget(browser, name)),
      };
    };
    const theirs = await answers(username);
    expect(theirs).toEqual(await answers('bob'));
    expect(theirs.first).toBe('Invalid verification code provided, please try again.');
    expect(theirs.last).toBe('Attempt limit exceeded, please try after some time.');
    expect(theirs.limit).toBe(theirs.last);
    expect(pool.outbox().every((message) => message.to === 'bob@example.com')).toBe(true);
  });

  it('reveals an unknown name if the app client is LEGACY', async () => {
    const pool = await startPoolWith({ preventUserExistenceErrors: 'LEGACY' });
    const browser = openBrowser(pool);
    const said = async (name: string) => problemOn(await forget(browser, name));
    expect(await said('mallory')).toBe('Username/client id combination not found.');
    expect(await said('carol')).toContain('no registered/verified email');
    expect(await said('dave')).toBe('User password cannot be reset in the current state.');
    expect(problemOn(await enter(browser, 'mallory', 'x'))).toBe('User does not exist.');
    expect(problemOn(await enter(browser, 'alice', 'x'))).toBe('Incorrect username or password.');
  });

  it('rejects a wrong code, and the code stays valid after a password that breaks the policy', async () => {
    const pool = await startPool();
    const browser = openBrowser(pool);
    let page = await forget(browser, 'alice');
    const code = lastCode(pool);
    const attempt = async (confirmation_code: string, new_password: string) => {
      page = await browser.press(page, 'reset_password', { confirmation_code, new_password });
      return problemOn(page);
    };
    const wrong = code === '000000' ? '000001' : '000000';
    expect(await attempt(wrong, NEW)).toBe('Invalid verification code provided, please try again.');
    expect(await attempt(code, 'short')).toContain('Password not long enough');
    expect(await attempt(code, NEW)).toBe('');
    expect(pathOf(page)).toBe('/login');
  });

  it('can be replaced with the code for an hour', async () => {
    const pool = await startPool();
    const browser = openBrowser(pool);
    const page = await forget(browser, 'alice');
    const fields = { confirmation_code: lastCode(pool), new_password: NEW };
    pool.advance(3600);
    const late = await browser.press(page, 'reset_password', fields);
    expect(problemOn(late)).toBe('Invalid code provided, please request a code again.');
    expect((await enter(openBrowser(pool), 'alice', 'Alice-password-1')).callback).not.toBeNull();
  });

  it('of a disabled user gets no code, and an earlier code does not change it', async () => {
    const pool = await startPool();
    const browser = openBrowser(pool);
    const page = await forget(browser, 'alice');
    pool.disable('alice');
    await forget(openBrowser(pool), 'alice@example.com');
    expect(pool.outbox()).toHaveLength(1);
    const fields = { confirmation_code: lastCode(pool), new_password: NEW };
    const answer = await browser.press(page, 'reset_password', fields);
    expect(problemOn(answer)).toBe('Invalid code provided, please request a code again.');
    pool.enable('alice');
    expect((await enter(openBrowser(pool), 'alice', 'Alice-password-1')).callback).not.toBeNull();
  });

  it.each([
    ['/mfa', 'erin', 'authentication_code', totpOf(fromBase32(ERINS_SECRET), START)],
    ['/newPassword', 'dave', 'new_password', NEW],
    ['/mfaSetup', 'bob', 'authentication_code', '000000'],
    ['/confirm', 'carol', 'confirmation_code', '000000'],
  ])('gives no access to another step, such as %s of %s', async (path, username, field, value) => {
    const pool = await startPool({ mfa: 'ON' });
    const browser = openBrowser(pool);
    const page = await forget(browser, username);
    const cookie = [...browser.cookies].map(([name, text]) => `${name}=${text}`).join('; ');
    const form = { _csrf: browser.cookies.get('XSRF-TOKEN') ?? '', [field]: value };
    const other = page.url.replace('/confirmforgotPassword', path);
    for (const answer of [
      await post(pool, other, form, { cookie }),
      await get(pool, other, { cookie }),
    ]) {
      expect(answer.status).toBe(302);
      expect(location(answer).pathname).toBe(path === '/confirm' ? '/signup' : '/login');
      expect(answer.headers.getSetCookie().join()).not.toContain('cognito=');
    }
    expect(problemOn(await enter(openBrowser(pool), username, NEW))).not.toBe('');
  });

  it('code works once, in whatever case the name was typed', async () => {
    const pool = await startPool();
    const [first, second] = [openBrowser(pool), openBrowser(pool)];
    const waiting = await forget(first, 'ALICE');
    const page = await forget(second, 'alice');
    const fields = { confirmation_code: lastCode(pool), new_password: NEW };
    expect(pathOf(await second.press(page, 'reset_password', fields))).toBe('/login');
    const again = await first.press(waiting, 'reset_password', fields);
    expect(problemOn(again)).toBe('Invalid code provided, please request a code again.');
  });

  it('cannot be replaced with the code of another name', async () => {
    const pool = await startPool();
    await forget(openBrowser(pool), 'alice');
    const code = lastCode(pool);
    const mallory = openBrowser(pool);
    const page = await forget(mallory, 'bob');
    if (lastCode(pool) === code) return;
    const fields = { confirmation_code: code, new_password: NEW };
    const answer = await mallory.press(page, 'reset_password', fields);
    expect(problemOn(answer)).toBe('Invalid verification code provided, please try again.');
  });

  it('can be requested five times in an hour at most', async () => {
    const pool = await startPool();
    for (let count = 1; count <= 5; count++) await forget(openBrowser(pool), 'alice');
    const page = await forget(openBrowser(pool), 'ALICE');
    expect(problemOn(page)).toBe('Attempt limit exceeded, please try after some time.');
    expect(pool.outbox()).toHaveLength(5);
    pool.advance(3600);
    expect(pathOf(await forget(openBrowser(pool), 'alice'))).toBe('/confirmforgotPassword');
  });

  it('redirects from the second page to the first, with the whole query', async () => {
    const pool = await startPool();
    for (const path of ['/confirmforgotPassword', '/confirmForgotPassword']) {
      const url = loginPath({ nonce: 'n' }).replace('/login', path);
      expect((await openBrowser(pool).open(url)).url).toBe(url.replace(path, '/forgotPassword'));
    }
  });
});

it('a password that an administrator reset must be replaced before a sign-in', async () => {
  const pool = await startPool();
  pool.setStatus('alice', 'RESET_REQUIRED');
  const browser = openBrowser(pool);
  const refused = await enter(browser, 'alice', 'Alice-password-1');
  expect(problemOn(refused)).toBe('Password reset required for the user');
  expect(browser.cookies.has('cognito')).toBe(false);
  const guess = await enter(openBrowser(pool), 'alice', 'wrong');
  expect(problemOn(guess)).toBe('Incorrect username or password.');
  const reset = await forget(browser, 'alice');
  const fields = { confirmation_code: lastCode(pool), new_password: NEW };
  await browser.press(reset, 'reset_password', fields);
  expect((await enter(browser, 'alice', NEW)).callback).not.toBeNull();
});
