import { describe, expect, it } from 'vitest';
import {
  type Browser,
  enter,
  loginPath,
  openBrowser,
  pathOf,
  problemOn,
} from './hosted-ui-browser';
import { lastCode, signUp, wrongFor, ZOE } from './signing-up';
import { startPool } from './support';

describe('confirming', () => {
  it('with a wrong code is refused, and the right one still works', async () => {
    const pool = await startPool();
    const browser = openBrowser(pool);
    const confirm = await signUp(browser);
    const wrong = wrongFor(lastCode(pool));
    const again = await browser.press(confirm, 'confirm', { confirmation_code: wrong });
    expect(problemOn(again)).toBe('Invalid verification code provided, please try again.');
    expect(browser.cookies.has('cognito')).toBe(false);
    const done = await browser.press(again, 'confirm', { confirmation_code: lastCode(pool) });
    expect(done.callback).not.toBeNull();
  });

  it('with a code from another user’s email is refused', async () => {
    const pool = await startPool();
    await signUp(openBrowser(pool));
    const code = lastCode(pool);
    const mallory = openBrowser(pool);
    let confirm = await signUp(mallory, { username: 'mallory' });
    // Once in a million runs, the two codes are the same.
    if (lastCode(pool) === code) confirm = await mallory.press(confirm, 'resend');
    const answer = await mallory.press(confirm, 'confirm', { confirmation_code: code });
    expect(problemOn(answer)).toBe('Invalid verification code provided, please try again.');
  });

  it('is possible for a day, and after that with a new code', async () => {
    const pool = await startPool();
    const browser = openBrowser(pool);
    await signUp(browser);
    const late = lastCode(pool);
    pool.advance(24 * 3600);
    const confirm = await enter(browser, 'zoe', ZOE.password);
    expect(pathOf(confirm)).toBe('/confirm');
    expect(problemOn(confirm)).toBe('User is not confirmed.');
    const refused = await browser.press(confirm, 'confirm', { confirmation_code: late });
    expect(problemOn(refused)).toBe('Invalid code provided, please request a code again.');
    const resent = await browser.press(refused, 'resend');
    expect(resent.body).toContain('A code was sent');
    const done = await browser.press(resent, 'confirm', { confirmation_code: lastCode(pool) });
    expect(done.callback).not.toBeNull();
  });

  it('with an old code is refused after a new one was sent', async () => {
    const pool = await startPool();
    const browser = openBrowser(pool);
    const confirm = await signUp(browser);
    const first = lastCode(pool);
    let resent = await browser.press(confirm, 'resend');
    if (lastCode(pool) === first) resent = await browser.press(resent, 'resend');
    const answer = await browser.press(resent, 'confirm', { confirmation_code: first });
    expect(problemOn(answer)).toBe('Invalid verification code provided, please try again.');
  });

  it('allows five new codes in an hour', async () => {
    const pool = await startPool();
    const browser = openBrowser(pool);
    let page = await signUp(browser);
    for (let count = 1; count <= 5; count++) page = await browser.press(page, 'resend');
    expect(pool.outbox()).toHaveLength(6);
    page = await browser.press(page, 'resend');
    expect(problemOn(page)).toBe('Attempt limit exceeded, please try after some time.');
    expect(pool.outbox()).toHaveLength(6);
    pool.advance(3599);
    page = await browser.press(page, 'resend');
    expect(pool.outbox()).toHaveLength(6);
    pool.advance(1);
    await browser.press(await enter(browser, 'zoe', ZOE.password), 'resend');
    expect(pool.outbox()).toHaveLength(7);
  });

  it('allows fifteen guesses in an hour, then refuses even the right code', async () => {
    const pool = await startPool();
    const browser = openBrowser(pool);
    let page = await signUp(browser);
    const code = lastCode(pool);
    const wrong = { confirmation_code: wrongFor(code) };
    for (let count = 1; count <= 15; count++) page = await browser.press(page, 'confirm', wrong);
    page = await browser.press(page, 'confirm', { confirmation_code: code });
    expect(problemOn(page)).toBe('Attempt limit exceeded, please try after some time.');
    // The link is refused too, because its guesses count as well.
    const byLink = await openBrowser(pool).open(pool.outbox()[0]?.link ?? '');
    expect(byLink.body).toContain('Attempt limit exceeded');
  });

  it('an address that another user has verified is refused, and the alias stays with that user', async () => {
    const pool = await startPool();
    const browser = openBrowser(pool);
    const confirm = await signUp(browser, { 'requiredAttributes[email]': 'Alice@example.com' });
    const page = await browser.press(confirm, 'confirm', { confirmation_code: lastCode(pool) });
    expect(problemOn(page)).toBe('An account with the email already exists.');
    const alice = await enter(openBrowser(pool), 'alice@example.com', 'Alice-password-1');
    expect(alice.callback).not.toBeNull();
  });

  it('without a sign-up redirects to the sign-up, with the whole query', async () => {
    const pool = await startPool();
    for (const path of ['/confirm', '/resendcode']) {
      const url = loginPath({ nonce: 'n' }).replace('/login', path);
      const page = await openBrowser(pool).open(url);
      expect(page.url).toBe(url.replace(path, '/signup'));
    }
  });

  it('is refused in a browser that only knows the URL of another user’s page', async () => {
    const pool = await startPool();
    const confirm = await signUp(openBrowser(pool));
    const other = openBrowser(pool);
    await other.open(confirm.url);
    const answer = await other.press(
      { ...confirm, body: withToken(confirm.body, other) },
      'confirm',
      {
        confirmation_code: lastCode(pool),
      },
    );
    expect(pathOf(answer)).toBe('/signup');
    expect(other.cookies.has('cognito')).toBe(false);
    expect(problemOn(await enter(other, 'zoe', ZOE.password))).toBe('User is not confirmed.');
  });
});

/** The same page with another browser's anti-forgery token in its forms. */
function withToken(body: string, browser: Browser): string {
  const token = browser.cookies.get('XSRF-TOKEN') ?? '';
  return body.replaceAll(/name="_csrf" value="[^"]*"/g, `name="_csrf" value="${token}"`);
}

describe('the emailed link', () => {
  it('confirms the account in any browser, and does not sign anyone in', async () => {
    const pool = await startPool();
    await signUp(openBrowser(pool));
    const link = pool.outbox()[0]?.link ?? '';
    expect(link).toContain('/confirmUser?client_id=confidential&user_name=zoe&confirmation_code=');
    const stranger = openBrowser(pool);
    const page = await stranger.open(link);
    expect(page.status).toBe(200);
    expect(page.body).toContain('Your registration has been confirmed!');
    expect([...stranger.cookies.keys()]).toEqual(['XSRF-TOKEN']);
    expect((await enter(openBrowser(pool), 'zoe', ZOE.password)).callback).not.toBeNull();
  });

  it('works once', async () => {
    const pool = await startPool();
    await signUp(openBrowser(pool));
    const link = pool.outbox()[0]?.link ?? '';
    await openBrowser(pool).open(link);
    const again = await openBrowser(pool).open(link);
    expect(again.status).toBe(400);
    expect(again.body).toContain('User cannot be confirmed. Current status is CONFIRMED');
  });

  it.each([
    ['/confirmUser', 'Required parameters missing'],
    ['/confirmUser?client_id=nobody', 'Required parameters missing'],
    [
      '/confirmUser?client_id=confidential&user_name=%3Cscript%3E&confirmation_code=1',
      'Invalid code provided',
    ],
    ['/confirmUser?client_id=confidential&user_name=carol&confirmation_code=', 'Invalid code'],
  ])('%s is refused', async (url, message) => {
    const page = await openBrowser(await startPool()).open(url);
    expect(page.status).toBe(400);
    expect(page.body).toContain(message);
    expect(page.body).not.toContain('<script>');
  });
});

it('carol, who is not confirmed, can request a code and sign in with it', async () => {
  const pool = await startPool();
  const browser = openBrowser(pool);
  const confirm = await enter(browser, 'carol', 'Carol-password-1');
  expect(problemOn(confirm)).toBe('User is not confirmed.');
  const resent = await browser.press(confirm, 'resend');
  const done = await browser.press(resent, 'confirm', { confirmation_code: lastCode(pool) });
  expect(done.callback).not.toBeNull();
});

it('a step’s cookie is invalid once the next step has another', async () => {
  const pool = await startPool();
  const browser = openBrowser(pool);
  const confirm = await enter(browser, 'carol', 'Carol-password-1');
  const before = browser.cookies.get('page-data') ?? '';
  await browser.press(confirm, 'resend');
  expect(browser.cookies.get('page-data')).not.toBe(before);
  browser.cookies.set('page-data', before);
  const answer = await browser.press(confirm, 'confirm', { confirmation_code: lastCode(pool) });
  expect(pathOf(answer)).toBe('/signup');
});

it('no new code is sent once the account is confirmed', async () => {
  const pool = await startPool();
  const browser = openBrowser(pool);
  const confirm = await signUp(browser);
  await openBrowser(pool).open(pool.outbox()[0]?.link ?? '');
  const late = await browser.press(confirm, 'confirm', { confirmation_code: lastCode(pool) });
  expect(problemOn(late)).toBe('User cannot be confirmed. Current status is CONFIRMED');
  const answer = await browser.press(late, 'resend');
  expect(pathOf(answer)).toBe('/login');
  expect(problemOn(answer)).toBe('User is already confirmed.');
  expect(pool.outbox()).toHaveLength(1);
});
