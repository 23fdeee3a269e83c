/** The forms of `/notes`: an example of how to test a form, over HTTP and in a browser. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser';
import { comeBack } from '../support/expired';
import { axeViolations } from '../support/page-problems';
import { atWork, type Person, seatPerson } from '../support/person';
import { type RunningSite, startSite } from '../support/site';
import { bringCookies } from '../support/stage';
import { createVisitor, type Visitor } from '../support/visitor';

const folder = mkdtempSync(join(tmpdir(), 'notes-'));
let site: RunningSite;
let browser: Browser;
beforeAll(async () => {
  const starting = startSite({ env: { NOTES_FOLDER: folder } });
  [site, browser] = await Promise.all([starting, launchBrowser()]);
});
afterAll(async () => {
  await Promise.all([browser?.close(), site?.close()]);
  rmSync(folder, { recursive: true, force: true });
});

let person: Person;
/** A user at the list of notes. */
async function sit(username: string, javaScriptEnabled = true): Promise<Person> {
  person = await seatPerson(browser, site, { javaScriptEnabled });
  await person.signIn(username, '/notes');
  if (javaScriptEnabled) await atWork(person.page);
  return person;
}
afterEach(async () => {
  site.pool.fault('/oauth2/token', null);
  await person?.context.close();
});

/** Adds a note, and returns the address of its form. */
async function add(title: string): Promise<string> {
  const { page } = person;
  await page.fill('#new-title', title);
  await page.click('text=Add note');
  const link = page.locator('li a', { hasText: title }).first();
  await link.waitFor();
  return (await link.getAttribute('href')) ?? '';
}

/** The browser goes on as another visitor: signed out by default. */
async function become(visitor: Visitor = createVisitor(site.origin)): Promise<void> {
  await person.context.clearCookies();
  await bringCookies(person.context, visitor, site.origin);
}

/** Signs in on the hosted UI's page, where a form of an ended session leads to. */
async function signInHere(username = 'alice', password = 'Alice-password-1'): Promise<void> {
  const { page } = person;
  await page.waitForURL((url) => url.origin === site.environment.COGNITO_DOMAIN);
  await page.fill('input[name=username]', username);
  await page.fill('input[name=password]', password);
  await page.click('button[type=submit]');
}

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('%s', (_, scripts) => {
  test('a user adds, edits and deletes a note', async () => {
    const { page } = await sit('alice', scripts);
    await page.goto(await add('Buy milk'));
    await page.fill('#note-title', 'Buy bread');
    await page.click('button:has-text("Save")');
    await page.waitForURL(/\/notes(\?|$)/);
    expect(await page.textContent('main')).toContain('Saved.');
    await page.click('text=Buy bread');
    await page.click('summary:has-text("Delete")');
    await page.click('button:has-text("Delete")');
    await page.waitForURL(/\/notes(\?|$)/);
    expect(await page.textContent('main')).toContain('Deleted.');
    expect(await page.locator('text=Buy bread').count()).toBe(0);
  });

  test('what is wrong is next to the field, and the values are still there', async () => {
    const { page } = await sit('alice', scripts);
    const edit = await add('To correct');
    for (const [path, form] of [['/notes', 'new'] as const, [edit, 'note'] as const]) {
      await page.goto(path);
      if (scripts) await atWork(page);
      // Blank satisfies the browser's own check.
      await page.fill(`#${form}-title`, ' ');
      await page.fill(`#${form}-text`, 'Long thoughts');
      await page.click('main form button');
      await page.waitForSelector('[role=alert]');
      expect(await page.textContent(`#${form}-title-error`)).toBe('Enter a title.');
      expect(await page.inputValue(`#${form}-text`)).toBe('Long thoughts');
      expect(await page.evaluate(() => document.activeElement?.id)).toBe(`${form}-title`);
      if (scripts) expect(await axeViolations(page)).toEqual([]);
    }
  });

  test('a session that has ended loses no text of an edited note', async () => {
    const { page } = await sit('alice', scripts);
    const edit = await add('Before');
    await page.goto(edit);
    await page.fill('#note-text', 'Typed for an hour');
    await become();
    await page.click('button:has-text("Save")');
    await signInHere();
    await page.waitForURL(`${site.origin}${edit}`);
    expect(await page.inputValue('#note-text')).toBe('Typed for an hour');
    await page.click('button:has-text("Save")');
    await page.waitForURL(/\/notes(\?|$)/);
    expect(await page.textContent('main')).toContain('Typed for an hour');
  });

  test('an outage loses no text of an edited note', async () => {
    const { page } = await sit('alice', scripts);
    const edit = await add('Outage');
    await become(await comeBack(site));
    await page.goto(edit);
    await page.fill('#note-text', 'Typed meanwhile');
    await become(await comeBack(site));
    site.pool.fault('/oauth2/token', { status: 500 });
    await page.click('button:has-text("Save")');
    await page.waitForURL(`${site.origin}${edit}`);
    site.pool.fault('/oauth2/token', null);
    await page.goto(edit);
    expect(await page.inputValue('#note-text')).toBe('Typed meanwhile');
  });

  test('another user of the same browser does not see what the first one typed', async () => {
    const { page } = await sit('bob', scripts);
    const bobs = await add('Bob’s own');
    await page.goto(bobs);
    await page.fill('#note-text', 'Secret of Bob');
    await become();
    await page.click('button:has-text("Save")');
    await signInHere('alice');
    await page.waitForURL(`${site.origin}${bobs}`);
    await page.waitForLoadState();
    expect(await page.content()).not.toContain('Secret of Bob');
  });
});

test('a session that has ended loses no text of a new note, and a saved one is not restored', async () => {
  const { page } = await sit('alice');
  await page.fill('#new-title', 'Half a note');
  await become();
  await page.click('text=Add note');
  await signInHere();
  await page.waitForURL(`${site.origin}/notes`);
  await atWork(page);
  expect(await page.inputValue('#new-title')).toBe('Half a note');
  await page.click('text=Add note');
  await page.locator('li a', { hasText: 'Half a note' }).waitFor();
  await person.open('/notes');
  expect(await page.inputValue('#new-title')).toBe('');
  expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain('Half a note');
});

test('a draft is gone after a sign-out', async () => {
  const { page } = await sit('alice');
  await page.fill('#new-title', 'Private thought');
  expect(await page.evaluate(() => JSON.stringify(sessionStorage))).toContain('Private thought');
  await page.click('button[popovertarget="user-menu"]');
  await page.click('#user-menu form[action="/logout"] button');
  await page.waitForURL(`${site.origin}/`);
  expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain('Private');
});

test('a form that is sent twice adds one note', async () => {
  const { page } = await sit('bob', false);
  await page.fill('#new-title', 'Only once');
  const sent = page.waitForRequest((request) => request.method() === 'POST');
  await page.click('text=Add note');
  const body = (await sent).postDataBuffer();
  const headers = await (await sent).allHeaders();
  await page.waitForURL(/\/notes\?added/);
  const again = { method: 'POST', headers, data: body ?? '', maxRedirects: 0 };
  expect((await page.request.fetch('/notes', again)).status()).toBe(303);
  await page.goto('/notes');
  expect(await page.locator('li a', { hasText: 'Only once' }).count()).toBe(1);
});

describe('the route handlers', () => {
  const notesOf = async (visitor: Visitor) => (await visitor.open('/notes')).body;

  test("answer 404 for another user's note, and leave it alone", async () => {
    await sit('bob');
    const edit = await add('Of bob');
    const id = edit.replace('/notes/', '');
    const alice = createVisitor(site.origin);
    await alice.signIn('alice');
    expect((await alice.open(edit)).status).toBe(404);
    const form = { id, title: 'Taken over', text: '' };
    expect((await alice.post('/notes/save', form)).status).toBe(404);
    await alice.post('/notes/delete', { id });
    await person.page.goto('/notes');
    expect(await person.page.locator('li a', { hasText: 'Of bob' }).count()).toBe(1);
  });

  test('refuse a form of another site, too large a form, and other methods', async () => {
    await sit('bob');
    const id = (await add('Unharmed')).replace('/notes/', '');
    const bob = createVisitor(site.origin);
    await bob.signIn('bob');
    const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
    for (const visitor of [bob, createVisitor(site.origin)]) {
      const save = { id, title: 'Forged', text: '' };
      expect((await visitor.post('/notes/save', save, foreign)).status).toBe(403);
    }
    expect((await bob.post('/notes/delete', { id }, foreign)).status).toBe(403);
    const large = { id, title: 'Large', text: 'x'.repeat(20_000) };
    expect((await bob.post('/notes/save', large)).status).toBe(413);
    expect((await bob.open('/notes/save')).status).toBe(405);
    expect((await bob.open('/notes/delete')).status).toBe(405);
    expect(await notesOf(bob)).toContain('Unharmed');
  });
});
