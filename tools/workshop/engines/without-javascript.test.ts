/** What a person does in Firefox without JavaScript. Sign-in, forms and sign-out don't need it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningSite, startSite } from '../../../tests/support/site';
import { type Engine, type Profile, textIn, until, visible } from './engine';
import { findFirefox } from './installed.js';
import { pressSignOut, signIn } from './person';

const firefox = findFirefox();
const notes = mkdtempSync(join(tmpdir(), 'notes-'));
afterAll(() => rmSync(notes, { recursive: true, force: true }));

describe.skipIf(firefox.missing)('in Firefox without JavaScript', () => {
  let site: RunningSite;
  let engine: Engine;
  let profile: Profile;
  beforeAll(async () => {
    if (firefox.path === undefined) return;
    const { startFirefox } = await import('./firefox');
    site = await startSite({ env: { NOTES_FOLDER: notes } });
    engine = await startFirefox(firefox.path, { 'javascript.enabled': false });
    profile = await engine.newProfile();
  });
  afterAll(() => Promise.all([engine?.close(), site?.close()]));

  test('a user signs in, changes the name, adds a note, and signs out', async () => {
    const { tab } = profile;
    await signIn(tab, site, '/account?from=a%20link');
    await tab.type('#profile-name', 'Alice Newname');
    await tab.click('form:has(#profile-name) button[type=submit]');
    await until(tab, `document.querySelector('header').innerText.includes('Alice Newname')`);

    await tab.open(`${site.origin}/notes`);
    await tab.type('#new-title', 'Buy milk');
    await tab.click('main form button[type=submit]');
    await until(tab, `document.querySelector('li a')?.innerText === 'Buy milk'`);

    await pressSignOut(tab, site);
    await tab.ask('history.back()');
    await until(tab, `location.origin === '${site.environment.COGNITO_DOMAIN}'`);
    await until(tab, visible('input[name="password"]'));
    expect(await textIn(tab)).not.toContain('Buy milk');
    expect(await profile.complaints()).toEqual([]);
  });
});
