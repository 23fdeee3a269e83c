/** What a person does on the site, in every engine that is installed. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { comeBack } from '../../../tests/support/expired';
import { type RunningSite, startSite } from '../../../tests/support/site';
import { type Engine, type Profile, type Tab, textIn, until, visible } from './engine';
import { installedEngines } from './engines';
import { arrive, pressSignOut, signIn } from './person';

const notes = mkdtempSync(join(tmpdir(), 'notes-'));
let site: RunningSite;
beforeAll(async () => {
  site = await startSite({ env: { NOTES_FOLDER: notes }, pool: { mfa: 'OPTIONAL' } });
});
afterAll(async () => {
  await site?.close();
  rmSync(notes, { recursive: true, force: true });
});

const GROUPS = Array.from({ length: 100 }, (_, index) => `group-${index}`);

describe.each(installedEngines())('in %s', (_, start) => {
  let engine: Engine;
  let profile: Profile;
  let tab: Tab;
  beforeAll(async () => {
    engine = await start();
  });
  afterAll(() => engine?.close());
  beforeEach(async () => {
    profile = await engine.newProfile();
    tab = profile.tab;
  });
  afterEach(() => profile?.close());

  const clean = async () => expect(await profile.complaints()).toEqual([]);
  const at = (path: string) => arrive(tab, `${site.origin}${path}`);

  test('a user signs in, and comes back to the page with its query', async () => {
    await signIn(tab, site, '/profile?from=a%20link&x=1');
    expect(await textIn(tab, 'h1')).toBe('Alice Archer');
    await tab.click('nav a[href="/admin"]');
    await at('/admin');
    expect(await textIn(tab, 'h1')).toBe('Admin');
    await clean();
  });

  test('a user in 100 groups stays signed in: no cookie is too long', async () => {
    for (const group of GROUPS) site.pool.addToGroup('bob', group);
    try {
      await signIn(tab, site, '/profile', 'bob');
      await tab.open(`${site.origin}/profile`);
      expect(await textIn(tab)).toContain('group-99');
      const lengths = [...(await profile.cookies(site.origin))];
      expect(lengths.filter(([name]) => name.startsWith('session')).length).toBeGreaterThan(1);
      for (const [name, length] of lengths) expect(length, name).toBeLessThanOrEqual(4096);
      await clean();
    } finally {
      for (const group of GROUPS) site.pool.removeFromGroup('bob', group);
    }
  });

  test('five tabs with expired tokens all show their page, after one refresh', async () => {
    const visitor = await comeBack(site);
    const cookies = visitor.cookies.get('localhost') ?? new Map<string, string>();
    await profile.setCookies(site.origin, cookies);
    const tabs = [tab];
    while (tabs.length < 5) tabs.push(await profile.newTab());
    for (const each of tabs) await each.open(`${site.origin}/robots.txt`);
    const before = tokenRequests();
    const paths = ['/profile', '/admin', '/account', '/notes', '/profile?tab=5'];
    for (const [index, each] of tabs.entries()) {
      // All of them at once, and a driver would wait for each page.
      await each.ask(`setTimeout(() => { location.href = '${paths[index]}'; }, 500)`);
    }
    for (const [index, each] of tabs.entries()) await arrive(each, `${site.origin}${paths[index]}`);
    for (const each of tabs) expect(await textIn(each, 'header')).toContain('Alice Archer');
    expect(tokenRequests() - before).toBe(1);
    await clean();
  });

  test('a sign-out empties the private page of another tab', async () => {
    await signIn(tab, site);
    const other = await profile.newTab();
    await other.open(`${site.origin}/profile?tab=2`);
    await arrive(other, `${site.origin}/profile?tab=2`);
    await pressSignOut(tab, site);
    await until(
      other,
      `document.querySelector('h1')?.innerText === 'You signed out in another tab'`,
    );
    expect(await textIn(other)).not.toMatch(/alice/i);
    await clean();
  });

  test('the router, which <Link> uses, opens private pages, and the hosted UI for a visitor', async () => {
    await tab.open(`${site.origin}/`);
    await at('/');
    await tab.ask(`next.router.push('/profile?by=router')`);
    await until(tab, `location.origin === '${site.environment.COGNITO_DOMAIN}'`);
    await signIn(tab, site);
    await tab.ask(`window.sameDocument = true`);
    await tab.ask(`next.router.push('/admin')`);
    await until(tab, `document.querySelector('h1')?.innerText === 'Admin'`);
    expect(await tab.ask('window.sameDocument')).toBe('true');
    await clean();
  });

  test('a user changes the name, and chooses the dark theme', async () => {
    await signIn(tab, site, '/account');
    await tab.type('#profile-name', 'Alice Newname');
    await tab.click('form:has(#profile-name) button[type=submit]');
    await until(tab, `document.querySelector('header').innerText.includes('Alice Newname')`);
    await tab.type('#profile-name', 'Alice Archer');
    await tab.click('form:has(#profile-name) button[type=submit]');
    await until(tab, `document.querySelector('header').innerText.includes('Alice Archer')`);
    await tab.click('button[value="dark"]');
    await until(tab, `document.documentElement.dataset.theme === 'dark'`);
    await clean();
  });

  test('a wrong password is explained', async () => {
    await signIn(tab, site, '/account/password');
    await tab.type('#password-current', 'wrong');
    await tab.type('#password-new', 'Alice-password-2');
    await tab.click('form:has(#password-new) button[type=submit]');
    await until(tab, `document.body.innerText.includes('The current password is wrong.')`);
    await clean();
  });

  test('a user changes the email address, with a code', async () => {
    await signIn(tab, site, '/account/email', 'bob');
    const address = `bob-in-${engine.name.toLowerCase()}@example.com`;
    await tab.type('#email-new', address);
    await tab.click('form:has(#email-new) button[type=submit]');
    await until(tab, visible('#email-code'));
    await tab.type('#email-code', site.pool.outbox()[0]?.code ?? '');
    await tab.click('form:has(#email-code) button[type=submit]');
    await until(tab, `document.querySelector('main').innerText.includes('${address}')`);
    await until(tab, `document.body.innerText.includes('Saved.')`);
    await clean();
  });

  test('a user adds, edits and deletes a note', async () => {
    await signIn(tab, site, '/notes');
    const title = `Milk ${engine.name}`;
    await tab.type('#new-title', title);
    await tab.click('main form button[type=submit]');
    await until(tab, `document.querySelector('li a')?.innerText === '${title}'`);
    await tab.click('li a');
    await until(tab, visible('#note-title'));
    await tab.type('#note-title', 'Bread');
    await tab.click('form:has(#note-title) button[type=submit]');
    await until(tab, `document.querySelector('li a')?.innerText === 'Bread'`);
    await tab.click('li a');
    await until(tab, visible('summary'));
    await tab.click('summary');
    await tab.click('details button');
    await until(tab, `document.body.innerText.includes('Deleted.')`);
    await clean();
  });
});

function tokenRequests(): number {
  return site.pool.requests().filter(({ path }) => path === '/oauth2/token').length;
}
