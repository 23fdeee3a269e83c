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
import { claimsOf, redeem, START, startPool, tokensOf } from './support';
import { fromBase32, totpOf } from './totp-code';

const PASSWORD = 'Erin-password-1';
const SECRET = testUsers().find(({ username }) => username === 'erin')?.mfa?.secret ?? '';
const codeAt = (seconds: number) => totpOf(fromBase32(SECRET), seconds);
const WRONG = { authentication_code: 'abcdef' };

describe('the codes of these tests', () => {
  // RFC 6238, appendix B, its SHA-1 rows.
  it.each([
    [59, '94287082'],
    [1111111109, '07081804'],
    [1111111111, '14050471'],
    [1234567890, '89005924'],
    [2000000000, '69279037'],
    [20000000000, '65353130'],
  ])('are those of the RFC at %i', (seconds, code) => {
    const key = fromBase32('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
    expect(key.toString()).toBe('12345678901234567890');
    expect(totpOf(key, seconds, 8)).toBe(code);
  });
});

async function challenge(pool: LocalPool, browser: Browser = openBrowser(pool)) {
  const page = await enter(browser, 'erin', PASSWORD);
  expect(pathOf(page)).toBe('/mfa');
  return { browser, page };
}

describe('the challenge of an authenticator app', () => {
  it('comes after the password, and the right code redirects to the callback', async () => {
    const pool = await startPool();
    const { browser, page } = await challenge(pool);
    const done = await browser.press(page, 'signInSubmitButton', {
      authentication_code: codeAt(START),
    });
    const code = done.callback?.searchParams.get('code') ?? '';
    const { id_token } = await tokensOf(await redeem(pool, code));
    expect(claimsOf(id_token)['cognito:username']).toBe('erin');
    expect(done.callback?.searchParams.get('state')).toBe('the-state');
  });

  it('starts no session, and puts no secret into the page or its URL', async () => {
    const pool = await startPool();
    const { browser, page } = await challenge(pool);
    expect([...browser.cookies.keys()].sort()).toEqual(['XSRF-TOKEN', 'page-data']);
    expect(page.url).toBe(loginPath().replace('/login', '/mfa'));
    expect(page.body).not.toContain(SECRET);
    expect(page.body).not.toContain(browser.cookies.get('page-data'));
    const authorize = await browser.open(loginPath().replace('/login', '/oauth2/authorize'));
    expect(pathOf(authorize)).toBe('/login');
  });

  it('sets an unguessable cookie, another at each step', async () => {
    const pool = await startPool();
    const { browser } = await challenge(pool);
    const first = browser.cookies.get('page-data');
    expect(first).toMatch(/^[\w-]{43}$/);
    const again = await challenge(pool, browser);
    expect(browser.cookies.get('page-data')).not.toBe(first);
    // The first one is no longer valid.
    browser.cookies.set('page-data', first ?? '');
    const answer = await browser.press(again.page, 'signInSubmitButton', {
      authentication_code: codeAt(START),
    });
    expect(pathOf(answer)).toBe('/login');
  });

  it('accepts a code once, even for another sign-in', async () => {
    const pool = await startPool();
    const code = { authentication_code: codeAt(START) };
    const first = await challenge(pool);
    const done = await first.browser.press(first.page, 'signInSubmitButton', code);
    expect(done.callback).not.toBeNull();
    const second = await challenge(pool);
    const refused = await second.browser.press(second.page, 'signInSubmitButton', code);
    expect(problemOn(refused)).toBe('Invalid code received for user');
    // An older code is refused too, although it was never used.
    const older = { authentication_code: codeAt(START - 30) };
    const stale = await second.browser.press(refused, 'signInSubmitButton', older);
    expect(problemOn(stale)).toBe('Invalid code received for user');
    const next = { authentication_code: codeAt(START + 30) };
    const ended = await second.browser.press(stale, 'signInSubmitButton', next);
    expect(ended.callback).not.toBeNull();
  });

  it('ends with the right code, and its cookie is invalid from then on', async () => {
    const pool = await startPool();
    const { browser, page } = await challenge(pool);
    const cookie = browser.cookies.get('page-data') ?? '';
    const code = { authentication_code: codeAt(START) };
    await browser.press(page, 'signInSubmitButton', code);
    const thief = openBrowser(pool);
    for (const name of ['XSRF-TOKEN', 'page-data']) {
      thief.cookies.set(name, name === 'page-data' ? cookie : (browser.cookies.get(name) ?? ''));
    }
    const next = { authentication_code: codeAt(START + 30) };
    const answer = await thief.press(page, 'signInSubmitButton', next);
    expect(pathOf(answer)).toBe('/login');
    expect(thief.cookies.has('cognito')).toBe(false);
  });

  it.each([
    [-60, false],
    [-30, true],
    [0, true],
    [30, true],
    [60, false],
  ])('accepts a code that is %i seconds off: %s', async (off, isTaken) => {
    const { browser, page } = await challenge(await startPool());
    const code = { authentication_code: codeAt(START + off) };
    const answer = await browser.press(page, 'signInSubmitButton', code);
    expect(answer.callback !== null).toBe(isTaken);
  });

  it.each(['', '12345', '1234567', '０００００００', '__proto__', 'x'.repeat(5000), '-1', '1e5'])(
    'refuses %j, and keeps waiting',
    async (authentication_code) => {
      const { browser, page } = await challenge(await startPool());
      const refused = await browser.press(page, 'signInSubmitButton', { authentication_code });
      expect(refused.status).toBe(200);
      expect(problemOn(refused)).toBe('Invalid code received for user');
      const right = { authentication_code: codeAt(START) };
      expect((await browser.press(refused, 'signInSubmitButton', right)).callback).not.toBeNull();
    },
  );

  it('accepts a code as apps show it, with a space', async () => {
    const { browser, page } = await challenge(await startPool());
    const authentication_code = codeAt(START).replace(/^.../, '$& ');
    const done = await browser.press(page, 'signInSubmitButton', { authentication_code });
    expect(done.callback).not.toBeNull();
  });

  it('expires after three minutes by the pool’s clock', async () => {
    const pool = await startPool();
    const { browser, page } = await challenge(pool);
    pool.advance(180);
    const code = { authentication_code: codeAt(START + 180) };
    const late = await browser.press(page, 'signInSubmitButton', code);
    expect(pathOf(late)).toBe('/login');
    expect(problemOn(late)).toBe('Invalid session for the user, session is expired.');
    expect(browser.cookies.has('cognito')).toBe(false);
    // The message is shown once: opening the page again clears it.
    expect(problemOn(await browser.open(late.url))).toBe('');
  });

  it('locks after five wrong codes, and the password in between does not reset the count', async () => {
    const pool = await startPool();
    const { browser, page } = await challenge(pool);
    let refused = page;
    for (let count = 1; count <= 4; count++) {
      refused = await browser.press(refused, 'signInSubmitButton', WRONG);
    }
    const again = await challenge(pool, browser);
    const fifth = await browser.press(again.page, 'signInSubmitButton', WRONG);
    const right = { authentication_code: codeAt(START) };
    const locked = await browser.press(fifth, 'signInSubmitButton', right);
    expect(pathOf(locked)).toBe('/login');
    expect(problemOn(locked)).toBe('Password attempts exceeded');
    expect(problemOn(await enter(browser, 'erin', PASSWORD))).toBe('Password attempts exceeded');
    pool.advance(1);
    const { page: last } = await challenge(pool, browser);
    expect((await browser.press(last, 'signInSubmitButton', right)).callback).not.toBeNull();
  });

  it('refuses a right code if the account was locked meanwhile', async () => {
    const pool = await startPool();
    const { browser, page } = await challenge(pool);
    for (let count = 1; count <= 5; count++) await enter(openBrowser(pool), 'erin', 'wrong');
    const code = { authentication_code: codeAt(START) };
    const answer = await browser.press(page, 'signInSubmitButton', code);
    expect(problemOn(answer)).toBe('Password attempts exceeded');
  });

  it('ends when the sign-in page is opened, which starts again', async () => {
    const pool = await startPool();
    const { browser, page } = await challenge(pool);
    const login = await browser.follow(page, '/login?');
    expect(login.body).toContain('signInFormPassword');
    const code = { authentication_code: codeAt(START) };
    expect(pathOf(await browser.press(page, 'signInSubmitButton', code))).toBe('/login');
  });

  it('ends when the password is changed elsewhere, or the user disabled or removed', async () => {
    const pool = await startPool();
    const code = { authentication_code: codeAt(START) };
    const begun = [await challenge(pool), await challenge(pool), await challenge(pool)] as const;
    pool.disable('erin');
    const [first, second, third] = begun;
    const disabled = await first.browser.press(first.page, 'signInSubmitButton', code);
    expect(problemOn(disabled)).toBe('User is disabled.');
    pool.enable('erin');

    const owner = openBrowser(pool);
    const forgot = await owner.open(loginPath().replace('/login', '/forgotPassword'));
    const reset = await owner.press(forgot, 'reset_my_password', { username: 'erin' });
    await owner.press(reset, 'reset_password', {
      confirmation_code: pool.outbox()[0]?.code ?? '',
      new_password: 'Erin-password-2',
    });
    const next = { authentication_code: codeAt(START + 30) };
    const changed = await second.browser.press(second.page, 'signInSubmitButton', next);
    expect(pathOf(changed)).toBe('/login');
    pool.remove('erin');
    const removed = await third.browser.press(third.page, 'signInSubmitButton', next);
    expect(pathOf(removed)).toBe('/login');
    for (const { browser } of begun) expect(browser.cookies.has('cognito')).toBe(false);
  });

  it('never appears if the pool has MFA off', async () => {
    const pool = await startPool({ mfa: 'OFF' });
    expect((await enter(openBrowser(pool), 'erin', PASSWORD)).callback).not.toBeNull();
  });
});

describe('the set-up of an authenticator app', () => {
  const secretOn = (body: string) => /<code id="secret">([A-Z2-7]+)</.exec(body)?.[1] ?? '';

  async function setUp(pool: LocalPool, browser: Browser = openBrowser(pool)) {
    const page = await enter(browser, 'bob', 'Bob-password-1');
    return { browser, page, key: fromBase32(secretOn(page.body)) };
  }

  it('is required at the first sign-in if MFA is ON; the next one requires a code', async () => {
    const pool = await startPool({ mfa: 'ON' });
    const { browser, page, key } = await setUp(pool);
    expect(pathOf(page)).toBe('/mfaSetup');
    expect(key).toHaveLength(20);
    expect(page.body).toMatch(/<div class="qr" role="img" aria-label="QR code"><svg/);
    expect(browser.cookies.has('cognito')).toBe(false);
    const code = { authentication_code: totpOf(key, START) };
    expect((await browser.press(page, 'associate', code)).callback).not.toBeNull();

    const next = await enter(openBrowser(pool), 'bob', 'Bob-password-1');
    expect(pathOf(next)).toBe('/mfa');
    // The code of the set-up counts as used.
    const again = openBrowser(pool);
    const challenged = await enter(again, 'bob', 'Bob-password-1');
    const used = await again.press(challenged, 'signInSubmitButton', code);
    expect(problemOn(used)).toBe('Invalid code received for user');
    const later = { authentication_code: totpOf(key, START + 30) };
    expect((await again.press(used, 'signInSubmitButton', later)).callback).not.toBeNull();
  });

  it('is never offered if MFA is optional', async () => {
    const pool = await startPool();
    expect((await enter(openBrowser(pool), 'bob', 'Bob-password-1')).callback).not.toBeNull();
    const url = loginPath().replace('/login', '/mfaSetup');
    expect(pathOf(await openBrowser(pool).open(url))).toBe('/login');
  });

  it('with a wrong code changes nothing, and keeps its secret', async () => {
    const pool = await startPool({ mfa: 'ON' });
    const { browser, page, key } = await setUp(pool);
    const refused = await browser.press(page, 'associate', WRONG);
    expect(problemOn(refused)).toBe('Code mismatch and fail enable Software Token MFA');
    expect(secretOn(refused.body)).toBe(secretOn(page.body));
    const other = await setUp(pool);
    expect(pathOf(other.page)).toBe('/mfaSetup');
    expect(other.key.equals(key)).toBe(false);
  });

  it('only works in the first browser that completes it', async () => {
    const pool = await startPool({ mfa: 'ON' });
    const first = await setUp(pool);
    const second = await setUp(pool);
    const codeOf = (key: Buffer) => ({ authentication_code: totpOf(key, START) });
    const done = await first.browser.press(first.page, 'associate', codeOf(first.key));
    expect(done.callback).not.toBeNull();
    const late = await second.browser.press(second.page, 'associate', codeOf(second.key));
    expect(pathOf(late)).toBe('/login');
    expect(second.browser.cookies.has('cognito')).toBe(false);
  });
});
