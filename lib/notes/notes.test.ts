import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { checkNote, LONGEST, MOST, noteId } from './note';
import { createFileStore, createMemoryStore } from './store';

const folder = mkdtempSync(join(tmpdir(), 'notes-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The same promises for each store: add yours here. */
describe.each([
  ['files', createFileStore(folder)],
  ['memory', createMemoryStore()],
])('notes in %s', (_, store) => {
  const note = (id: string, changedAt = 1) => ({ id, title: `Note ${id}`, text: '', changedAt });

  test('belong to one user', async () => {
    await store.put('alice', note('a'));
    expect(await store.find('alice', 'a')).toEqual(note('a'));
    expect(await store.find('bob', 'a')).toBeUndefined();
    expect(await store.remove('bob', 'a')).toBe(false);
    expect(await store.list('alice')).toEqual([note('a')]);
  });

  test('are replaced by ID, the last changed first', async () => {
    await store.put('carol', note('a'));
    await store.put('carol', note('b', 2));
    await store.put('carol', { ...note('a', 3), title: 'New' });
    expect((await store.list('carol')).map(({ title }) => title)).toEqual(['New', 'Note b']);
    expect(await store.remove('carol', 'a')).toBe(true);
    expect(await store.remove('carol', 'a')).toBe(false);
  });

  test('are all saved when many come together, up to the limit', async () => {
    const ids = Array.from({ length: MOST + 1 }, (__, index) => `${index}`);
    const results = await Promise.all(ids.map((id) => store.put('dave', note(id))));
    expect(results.filter((result) => result === 'saved')).toHaveLength(MOST);
    expect(await store.list('dave')).toHaveLength(MOST);
    expect(await store.put('dave', { ...note('0'), title: 'Changed' })).toBe('saved');
  });

  test('of a user with a strange name lead to no other file', async () => {
    await store.put('../../evil', note('a'));
    expect(await store.list('../../evil')).toHaveLength(1);
  });
});

test('a damaged file is an error, and never looks like an empty list', async () => {
  const store = createFileStore(folder);
  await store.put('erin', { id: 'a', title: 'Kept', text: '', changedAt: 1 });
  expect(readdirSync(folder).every((name) => /^[0-9a-f]{64}\.json$/.test(name))).toBe(true);
  for (const name of readdirSync(folder)) writeFileSync(join(folder, name), '{"broken');
  await expect(store.list('erin')).rejects.toThrow();
  await expect(
    store.put('erin', { id: 'b', title: 'New', text: '', changedAt: 1 }),
  ).rejects.toThrow();
});

describe('a note from a form', () => {
  const check = (values: Record<string, string>) => checkNote(new URLSearchParams(values));

  test('counts a line break as one character, as browsers do', () => {
    const text = `${'x'.repeat(LONGEST.text - 2)}\r\ny`;
    expect(check({ title: ' A\ttitle ', text })).toEqual({
      values: { title: 'A title', text: text.replace('\r\n', '\n') },
      errors: {},
    });
  });

  test('needs a title, and has limits', () => {
    expect(Object.keys(check({}).errors)).toEqual(['title']);
    const long = { title: 'x'.repeat(LONGEST.title + 1), text: 'x'.repeat(LONGEST.text + 1) };
    expect(Object.keys(check(long).errors)).toEqual(['title', 'text']);
  });

  test('has an ID that is a UUID', () => {
    const id = '439b5b39-08bc-4ef7-8d41-4777f09c029e';
    expect(noteId(id.toUpperCase())).toBe(id);
    for (const other of ['', '../x', `${id}x`, null, 1]) expect(noteId(other)).toBeUndefined();
  });
});
