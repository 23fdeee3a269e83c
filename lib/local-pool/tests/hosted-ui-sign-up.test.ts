import { describe, expect, it } from 'vitest';
import { enter, loginPath, openBrowser, pathOf, problemOn } from './hosted-ui-browser';
import { lastCode, signUp, ZOE } from './signing-up';
import {
  CHALLENGE,
  claimsOf,
  REDIRECT_URI,
  redeem,
  startPool,
  startPoolWith,
  tokensOf,
  VERIFIER,
} from './support';

describe('signing up', () => {
  it('ends at the callback with a code for the new user’s tokens', async () => {
    const pool = await startPool();
    const browser = openBrowser(pool);
    const asked = {
      nonce: 'the-nonce',
      code_challenge: CHALLENGE,
      code_challenge_method: 'S256',
    };
    const confirm = await signUp(browser, { 'requiredAttributes[name]': 'Zoë Zander' }, asked);
    expect(pathOf(confirm)).toBe('/confirm');
    expect(browser.cookies.has('cognito')).toBe(false);

    const [mail] = pool.outbox();
    expect(mail).toMatchObject({ to: 'zoe@example.com', subject: 'Your verification code' });
    expect(mail?.text).toContain(mail?.code);
    const done = await browser.press(confirm, 'confirm', { confirmation_code: lastCode(pool) });
    expect(done.callback?.href).toContain(`${REDIRECT_URI}?code=`);
    expect(done.callback?.searchParams.get('state')).toBe('the-state');

    const code = done.callback?.searchParams.get('code') ?? '';
    const { id_token } = await tokensOf(await redeem(pool, code, { code_verifier: VERIFIER }));
    expect(claimsOf(id_token)).toMatchObject({
      'cognito:username': 'zoe',
      email: 'zoe@example.com',
      email_verified: true,
      name: 'Zoë Zander',
      nonce: 'the-nonce',
    });
    expect((await enter(openBrowser(pool), 'zoe', ZOE.password)).callback).not.toBeNull();
  });

  it('is not offered if only administrators create users', async () => {
    const pool = await startPool({ selfSignUp: false });
    const browser = openBrowser(pool);
    const signIn = await browser.open(loginPath());
    expect(signIn.body).not.toContain('/signup?');
    expect(pathOf(await browser.open(loginPath().replace('/login', '/signup')))).toBe('/login');
  });

  it('does not create a user if sign-up is closed, even if a form is sent', async () => {
    const open = await startPool();
    const browser = openBrowser(open);
    const page = await browser.open(loginPath().replace('/login', '/signup'));
    const closed = await startPool({ selfSignUp: false });
    const other = openBrowser(closed);
    other.cookies.set('XSRF-TOKEN', browser.cookies.get('XSRF-TOKEN') ?? '');
    const answer = await other.press(page, 'signUpButton', ZOE);
    expect(problemOn(answer)).toBe('SignUp is not permitted for this user pool');
    expect(closed.outbox()).toEqual([]);
    expect(problemOn(await enter(openBrowser(closed), 'zoe', ZOE.password))).not.toBe('');
  });

  it.each([
    ['a name that is taken', { username: 'alice' }, 'User already exists'],
    ['that name in another case', { username: 'ALICE' }, 'User already exists'],
    [
      "an email address as name, which could be another user's alias",
      { username: 'alice@example.com' },
      'Username cannot be of email format, since user pool is configured for email alias.',
    ],
    ['a name with a space', { username: 'zo e' }, /^Username should be/],
    ['no name', { username: '' }, /^Username should be/],
    ['no address', { 'requiredAttributes[email]': 'zoe' }, 'Invalid email address format.'],
    [
      'a short password',
      { password: 'Aa1-' },
      'Password did not conform with policy: Password not long enough',
    ],
    [
      'no uppercase letter',
      { password: 'zoes-password-1' },
      'Password did not conform with policy: Password must have uppercase characters',
    ],
    [
      'no lowercase letter',
      { password: 'ZOES-PASSWORD-1' },
      'Password did not conform with policy: Password must have lowercase characters',
    ],
    [
      'no digit',
      { password: 'Zoes-password' },
      'Password did not conform with policy: Password must have numeric characters',
    ],
    [
      'no symbol',
      { password: 'Zoespassword1' },
      'Password did not conform with policy: Password must have symbol characters',
    ],
  ])(
    'with %s is refused with Cognito’s message, and no email is sent',
    async (_, fields, message) => {
      const pool = await startPool();
      const page = await signUp(openBrowser(pool), fields);
      expect(problemOn(page)).toMatch(message);
      expect(page.status).toBe(200);
      expect(page.body).not.toContain('password' in fields ? fields.password : ZOE.password);
      expect(pool.outbox()).toEqual([]);
    },
  );

  it('shows and enforces the pool’s own password policy', async () => {
    const passwordPolicy = {
      minimumLength: 12,
      requireUppercase: false,
      requireLowercase: true,
      requireNumbers: false,
      requireSymbols: false,
    };
    const pool = await startPool({ passwordPolicy });
    const browser = openBrowser(pool);
    const refused = await signUp(browser, { password: 'only-eleven' });
    expect(problemOn(refused)).toContain('Password not long enough');
    expect(refused.body).toContain('At least 12 characters, a lowercase letter<');
    const page = await browser.press(refused, 'signUpButton', { password: 'twelve chars' });
    expect(pathOf(page)).toBe('/confirm');
  });

  it('keeps what was typed, except the password', async () => {
    const fields = { username: 'zoe"><i>', password: 'short' };
    const page = await signUp(openBrowser(await startPool()), fields);
    expect(page.body).toContain('value="zoe&quot;&gt;&lt;i&gt;"');
    expect(page.body).toContain('value="zoe@example.com"');
    expect(page.body).not.toContain('value="short"');
  });

  it('accepts __proto__ as a username like any other', async () => {
    const pool = await startPool();
    const browser = openBrowser(pool);
    const confirm = await signUp(browser, { username: '__proto__' });
    const done = await browser.press(confirm, 'confirm', { confirmation_code: lastCode(pool) });
    expect(done.callback?.searchParams.has('code')).toBe(true);
  });
});

it('the sign-up page has no form if the app client accepts no passwords', async () => {
  const pool = await startPoolWith({ identityProviders: ['Google'] });
  const page = await openBrowser(pool).open(loginPath().replace('/login', '/signup'));
  expect(pathOf(page)).toBe('/login');
});
