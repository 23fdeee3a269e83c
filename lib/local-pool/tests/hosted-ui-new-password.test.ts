import { describe, expect, it } from 'vitest';
import { testUsers } from '../src/testing/test-seeds';
import { enter, loginPath, openBrowser, pathOf, problemOn } from './hosted-ui-browser';
import { claimsOf, redeem, startPool, tokensOf } from './support';

const TEMPORARY = 'Dave-password-1';
const CHOSEN = 'Dave-password-2';

describe('a temporary password', () => {
  it('must be replaced; then the callback gets a code', async () => {
    const pool = await startPool();
    const browser = openBrowser(pool);
    const page = await enter(browser, 'dave', TEMPORARY);
    expect(pathOf(page)).toBe('/newPassword');
    expect([...browser.cookies.keys()].sort()).toEqual(['XSRF-TOKEN', 'page-data']);
    const done = await browser.press(page, 'reset_password', { new_password: CHOSEN });
    const code = done.callback?.searchParams.get('code') ?? '';
    const { id_token } = await tokensOf(await redeem(pool, code));
    expect(claimsOf(id_token)['cognito:username']).toBe('dave');
    expect(browser.cookies.has('page-data')).toBe(false);

    const old = await enter(openBrowser(pool), 'dave', TEMPORARY);
    expect(problemOn(old)).toBe('Incorrect username or password.');
    expect((await enter(openBrowser(pool), 'dave', CHOSEN)).callback).not.toBeNull();
  });

  it('cannot be replaced with one that breaks the policy, and does not sign the user in', async () => {
    const browser = openBrowser(await startPool());
    const page = await enter(browser, 'dave', TEMPORARY);
    const refused = await browser.press(page, 'reset_password', { new_password: 'short' });
    expect(problemOn(refused)).toContain('Password not long enough');
    expect(refused.body).not.toContain('"short"');
    expect(browser.cookies.has('cognito')).toBe(false);
  });

  it('must be replaced together with a missing address, which counts as unverified', async () => {
    const users = testUsers().map((user) =>
      user.username === 'dave' ? { ...user, attributes: {} } : user,
    );
    const pool = await startPool({ users });
    const browser = openBrowser(pool);
    const page = await enter(browser, 'dave', TEMPORARY);
    const fields = { new_password: CHOSEN, 'requiredAttributes[email]': 'dave' };
    const refused = await browser.press(page, 'reset_password', fields);
    expect(problemOn(refused)).toBe('Invalid email address format.');
    const done = await browser.press(refused, 'reset_password', {
      ...fields,
      'requiredAttributes[email]': 'dave@example.com',
    });
    const code = done.callback?.searchParams.get('code') ?? '';
    const { id_token } = await tokensOf(await redeem(pool, code));
    expect(claimsOf(id_token)).toMatchObject({ email: 'dave@example.com', email_verified: false });
  });

  it('is no longer shown once it was changed; the others’ are', async () => {
    const pool = await startPool();
    const browser = openBrowser(pool);
    expect((await browser.open(loginPath())).body).toContain(TEMPORARY);
    const page = await enter(browser, 'dave', TEMPORARY);
    await browser.press(page, 'reset_password', { new_password: CHOSEN });
    const { body } = await openBrowser(pool).open(loginPath());
    expect(body).not.toContain('Dave-password');
    expect(body).toContain('Alice-password-1');
  });

  it('page expires after three minutes, and for a second browser once the first is done', async () => {
    const pool = await startPool();
    const [slow, first, second] = [openBrowser(pool), openBrowser(pool), openBrowser(pool)];
    const page = await enter(slow, 'dave', TEMPORARY);
    pool.advance(180);
    const late = await slow.press(page, 'reset_password', { new_password: CHOSEN });
    expect(problemOn(late)).toBe('Invalid session for the user, session is expired.');

    const own = await enter(first, 'dave', TEMPORARY);
    const other = await enter(second, 'dave', TEMPORARY);
    await first.press(own, 'reset_password', { new_password: CHOSEN });
    const answer = await second.press(other, 'reset_password', { new_password: 'Mallory-1-x' });
    expect(pathOf(answer)).toBe('/login');
    expect((await enter(openBrowser(pool), 'dave', CHOSEN)).callback).not.toBeNull();
  });

  it('must be replaced before the authenticator app is set up, if MFA is ON', async () => {
    const browser = openBrowser(await startPool({ mfa: 'ON' }));
    const page = await enter(browser, 'dave', TEMPORARY);
    const setUp = await browser.press(page, 'reset_password', { new_password: CHOSEN });
    expect(pathOf(setUp)).toBe('/mfaSetup');
    expect(browser.cookies.has('cognito')).toBe(false);
  });
});
