import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { testUsers } from '@/lib/local-pool/src/testing/test-seeds';
import { launchBrowser } from '../support/browser';
import { addVirtualAuthenticator, type Person, pressSignOut, seatPerson } from '../support/person';
import { type RunningSite, startSite } from '../support/site';

const PATH = '/account/passkeys';
const FEDERATED = {
  username: 'google_117',
  password: 'Google-password-1',
  groups: [],
  attributes: { email: 'zoe@example.com' },
  identities: [{ providerName: 'Google', providerType: 'Google', userId: '117' }],
};

let site: RunningSite;
let browser: Browser;
let person: Person;
let page: Page;
beforeAll(async () => {
  [site, browser] = await Promise.all([
    startSite({ pool: { passkeys: true, users: [...testUsers(), FEDERATED] } }),
    launchBrowser(),
  ]);
});
afterAll(() => Promise.all([browser?.close(), site?.close()]));
beforeEach(async () => {
  person = await seatPerson(browser, site);
  page = person.page;
});
afterEach(() => person.context.close());

const button = (name: string) => page.getByRole('button', { name, exact: true });
const link = (name: string) => page.getByRole('link', { name, exact: true });
const flash = (text: string) => page.locator('main').getByText(text).waitFor();

test('alice adds a passkey, signs out, signs in with it, and deletes it', async () => {
  const passkeys = await addVirtualAuthenticator(page);
  await person.signInByPages('alice', '/account');
  await link('Add or delete passkeys').click();
  await page.getByText('You have no passkeys yet.').waitFor();
  await link('Add a passkey').click();
  await page.getByRole('heading', { name: 'Set up sign-in with a passkey' }).waitFor();
  await button('Add passkey').click();
  await flash('Your passkey is added. You can sign in with it.');
  expect(page.url()).toBe(`${site.origin}${PATH}`);
  expect(await passkeys()).toBe(1);

  await pressSignOut(page);
  await page.waitForURL(`${site.origin}/`);
  await page.goto(PATH);
  await page.getByLabel('Username').fill('alice');
  await button('Sign in with a passkey').click();
  await button('Continue with passkey').click();
  await page.waitForURL(`${site.origin}${PATH}`);

  await page.getByRole('button', { name: /^Delete Passkey, added on / }).click();
  await flash('The passkey is deleted. Remove it from your device or password manager, too.');
  await page.getByText('You have no passkeys yet.').waitFor();
  expect(person.complaints).toEqual([]);
});

test('who chooses "Not now" comes back, and nothing has changed', async () => {
  await person.signInByPages('alice', PATH);
  await link('Add a passkey').click();
  await button('Not now').click();
  await flash('Nothing was changed.');
  await page.getByText('You have no passkeys yet.').waitFor();
});

test('without a session on the hosted UI, alice signs in again, and gets to the same page', async () => {
  await person.signIn('alice', PATH);
  await link('Add a passkey').click();
  await page.getByLabel('Username').fill('alice');
  await page.getByLabel('Password').fill('Alice-password-1');
  await button('Sign in').click();
  await page.getByRole('heading', { name: 'Set up sign-in with a passkey' }).waitFor();
});

test('who signs in with Google, or in a user pool without passkeys, gets no link, and a page that says why', async () => {
  await person.signIn('google_117', '/account');
  expect(await link('Add or delete passkeys').count()).toBe(0);
  await person.open(PATH);
  await page.getByText('You sign in with Google. Set up passkeys there.').waitFor();
  await page.goto(`${PATH}/add`);
  expect(page.url()).toBe(`${site.origin}${PATH}`);

  const off = { exception: 'WebAuthnNotEnabledException' };
  site.pool.fault('StartWebAuthnRegistration', off);
  try {
    await person.signIn('alice', '/account');
    expect(await link('Change password').count()).toBe(1);
    expect(await link('Add or delete passkeys').count()).toBe(0);
    await person.open(PATH);
    await page.getByText('This site doesn’t support passkeys.').waitFor();
    expect(await link('Add a passkey').count()).toBe(0);
  } finally {
    site.pool.fault('StartWebAuthnRegistration', null);
  }
});

test('during an outage the page says so, and offers nothing that would fail', async () => {
  site.pool.fault('ListWebAuthnCredentials', { status: 503 });
  try {
    await person.signIn('alice', PATH);
    await page.getByText('The sign-in service is not responding.').waitFor();
    expect(await link('Add a passkey').count()).toBe(0);
  } finally {
    site.pool.fault('ListWebAuthnCredentials', null);
  }
});
