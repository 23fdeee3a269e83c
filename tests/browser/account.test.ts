/** The account pages, as a user sees them: with JavaScript and without. */
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { fromBase32, totpOf } from '@/lib/local-pool/tests/totp-code';
import { launchBrowser } from '../support/browser';
import { comeBack } from '../support/expired';
import { axeViolations, shapeProblems } from '../support/page-problems';
import { atWork, bringCookies, type Person, pressSignOut, seatPerson } from '../support/person';
import { type RunningSite, startSite } from '../support/site';

let site: RunningSite;
let browser: Browser;
let person: Person;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());
// Each test changes users for good.
beforeEach(async () => {
  site = await startSite({ pool: { mfa: 'OPTIONAL' } });
});
afterEach(async () => {
  await person?.context.close();
  await site?.close();
});

async function sit(path: string, javaScriptEnabled = true): Promise<void> {
  person = await seatPerson(browser, site, { javaScriptEnabled });
  await person.signIn('alice', path);
  if (javaScriptEnabled) await atWork(person.page);
}
const press = (name: string) => person.page.getByRole('button', { name, exact: true }).click();
const header = () => person.page.locator('header').innerText();
const main = () => person.page.locator('main').innerText();
const lastCode = () => site.pool.outbox()[0]?.code ?? '';
const shows = (text: string) => person.page.getByText(text).first().waitFor();

/** Signs in on the hosted UI with a password. */
async function signInWith(password: string): Promise<void> {
  const { page } = person;
  await page.locator('input[name=username]:visible').first().fill('alice');
  await page.locator('input[name=password]:visible').first().fill(password);
  await page
    .locator('[name=signInSubmitButton]:visible, button[type=submit]:visible')
    .first()
    .click();
}

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('%s, a user', (_, scripts) => {
  test('changes the name, which the next page shows', async () => {
    await sit('/account', scripts);
    await person.page.fill('#profile-name', 'Alice Newname');
    await press('Save');
    await shows('Saved.');
    expect(await header()).toContain('Alice Newname');
    await person.page.fill('#profile-name', 'Alice Archer');
    await press('Save');
    await person.page.locator('header', { hasText: 'Alice Archer' }).waitFor();
  });

  test('changes the password, and signs in with the new one', async () => {
    await sit('/account/password', scripts);
    const change = async (current: string, next: string) => {
      await person.page.fill('#password-current', current);
      await person.page.fill('#password-new', next);
      await press('Change password');
    };
    await change('wrong', 'Alice-password-2');
    await shows('The current password is wrong.');
    await change('Alice-password-1', 'short');
    await shows('Use a longer password.');
    await change('Alice-password-1', 'Alice-password-2');
    await shows('Your password is changed.');
    await pressSignOut(person.page);
    await person.page.waitForURL(`${site.origin}/`);
    await person.page.goto('/account');
    await signInWith('Alice-password-2');
    await person.page.waitForURL(`${site.origin}/account`);
  });

  test('changes the email address: the old one works until the code is entered', async () => {
    await sit('/account/email', scripts);
    await person.page.fill('#email-new', 'new@example.com');
    await press('Send a code');
    await shows('We sent a code to');
    // A pending change survives a reload.
    await person.page.goto('/account');
    expect(await main()).toContain('alice@example.com');
    await person.page.goto('/account/email');
    await person.page.fill('#email-code', '000000');
    await press('Confirm');
    await shows('This code is wrong.');
    await press('Send a new code');
    await expect.poll(() => site.pool.outbox().length).toBe(2);
    await person.page.goto('/account/email');
    await person.page.fill('#email-code', lastCode());
    await press('Confirm');
    await shows('Saved.');
    expect(await main()).toContain('new@example.com');
  });

  test('changes the phone number', async () => {
    await sit('/account/phone', scripts);
    await person.page.fill('#phone-new', '12345');
    await press('Send a code');
    await shows('with + and the country code');
    await person.page.fill('#phone-new', '+49 (30) 901820');
    await press('Send a code');
    await shows('+4930901820');
    await person.page.fill('#phone-code', lastCode());
    await press('Confirm');
    await shows('Saved.');
    expect(await main()).toContain('+4930901820');
  });

  test('cancels a change of the email address', async () => {
    await sit('/account/email', scripts);
    await person.page.fill('#email-new', 'new@example.com');
    await press('Send a code');
    await shows('We sent a code to');
    await press('Cancel');
    await shows('Nothing was changed.');
    await person.page.goto('/account/email');
    expect(await person.page.locator('#email-new').count()).toBe(1);
  });

  test('turns on an authenticator app, is asked for its code, and turns it off', async () => {
    await sit('/account/two-factor', scripts);
    await press('Set up an app');
    const secret = (await person.page.locator('ol code').innerText()).replace(/\s/g, '');
    expect(await person.page.getByRole('img', { name: /QR code/ }).count()).toBe(1);
    const code = (later = 0) => totpOf(fromBase32(secret), Date.now() / 1000 + later);
    await person.page.fill('#totp-code', '000000');
    await press('Turn on');
    await shows('This code is wrong.');
    await person.page.fill('#totp-code', code());
    await press('Turn on');
    await shows('Two-factor authentication is on.');
    await pressSignOut(person.page);
    await person.page.waitForURL(`${site.origin}/`);
    // Cognito accepts a code once.
    site.pool.advance(30);
    await person.page.goto('/account/two-factor');
    await signInWith('Alice-password-1');
    await person.page
      .locator('input[inputmode=numeric]:visible, input[autocomplete=one-time-code]:visible')
      .first()
      .fill(code(30));
    await person.page.locator('button[type=submit]:visible').first().click();
    await person.page.waitForURL(`${site.origin}/account/two-factor`);
    await press('Turn off');
    await shows('Two-factor authentication is off.');
  });

  test('deletes the account, and signs up again', async () => {
    await sit('/account/delete', scripts);
    await person.page.fill('#delete-confirmation', 'no');
    await press('Delete my account');
    await shows('Type “delete my account”.');
    await person.page.fill('#delete-confirmation', 'delete my account');
    await press('Delete my account');
    await person.page.waitForURL(`${site.origin}/`);
    await shows('Your account is deleted.');
    await person.page.goto('/account');
    await signInWith('Alice-password-1');
    await shows('Incorrect username or password');
  });
});

test('another browser is signed out by “Sign out everywhere” when its tokens expire', async () => {
  await sit('/account');
  const other = await seatPerson(browser, site);
  await bringCookies(other, await comeBack(site), site.origin);
  await press('Sign out everywhere');
  await person.page.waitForURL(`${site.origin}/`);
  await other.page.goto('/account');
  expect(new URL(other.page.url()).origin).toBe(site.environment.COGNITO_DOMAIN);
  await other.context.close();
});

test('in a user pool that changes an email address at once, the page says that it is not confirmed', async () => {
  await site.close();
  site = await startSite({ pool: { verifyBeforeUpdate: [] } });
  await sit('/account/email');
  await person.page.fill('#email-new', 'new@example.com');
  await press('Send a code');
  await shows('it isn’t confirmed');
  expect(await person.page.getByRole('button', { name: 'Cancel' }).count()).toBe(0);
  await person.page.fill('#email-code', lastCode());
  await press('Confirm');
  await shows('Saved.');
  await person.page.getByText('new@example.com verified').waitFor();
});

test('a user of Google reads what Google manages', async () => {
  person = await seatPerson(browser, site);
  await person.page.goto('/login?identity_provider=Google&returnTo=/account');
  await person.page.locator('button[type=submit]:visible, a.button:visible').first().click();
  await person.page.waitForURL(`${site.origin}/account`);
  expect(await main()).toContain('Google, which manages your password');
  await person.page.goto('/account/password');
  expect(await main()).toContain('Change your password there.');
});

test.each([
  '/account',
  '/account/email',
  '/account/phone',
  '/account/password',
  '/account/two-factor',
  '/account/delete',
])(
  '%s has no accessibility violation, on a phone and on a screen, light and dark',
  async (path) => {
    await sit(path);
    const { page } = person;
    for (const [width, colorScheme] of [
      [390, 'light'],
      [1440, 'dark'],
    ] as const) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      // A page changes its colors smoothly.
      await person.open(path);
      expect(await axeViolations(page)).toEqual([]);
    }
    await page.setViewportSize({ width: 320, height: 900 });
    expect(await shapeProblems(page)).toEqual([]);
    expect(person.complaints).toEqual([]);
  },
);
