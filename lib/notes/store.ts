import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MOST, type Note, type NoteStore } from './note';

declare global {
  /** Next may load this module once for pages and once for route handlers. */
  var sharedNotes: NoteStore | undefined;
}

/**
 * The store of all notes. To use a database, return your own `NoteStore` here: nothing else changes.
 *
 * @returns files in the folder `NOTES_FOLDER`; on Vercel and Lambda, whose disk doesn't last, memory
 */
export function noteStore(): NoteStore {
  globalThis.sharedNotes ??= createStore();
  return globalThis.sharedNotes;
}

function createStore(): NoteStore {
  const { NOTES_FOLDER, VERCEL, AWS_LAMBDA_FUNCTION_NAME } = process.env;
  if (NOTES_FOLDER) return createFileStore(NOTES_FOLDER);
  return VERCEL || AWS_LAMBDA_FUNCTION_NAME ? createMemoryStore() : createFileStore('.data/notes');
}

/**
 * Keeps each user's notes in a file of their own. A file is replaced as a whole (written under another
 * name, then renamed), so that a crash never leaves half of it. Changes of one user wait for each other,
 * within this process: with several instances, use a database.
 *
 * @param folder created when the first note is saved
 */
export function createFileStore(folder: string): NoteStore {
  const waiting = new Map<string, Promise<unknown>>();

  /**
   * A hash: a `sub` isn't always a UUID, and must not name another folder. Without the comment in the
   * call, an image would contain every file of the project, as files that this code might read.
   */
  const fileOf = (owner: string) =>
    join(
      /*turbopackIgnore: true*/ folder,
      `${createHash('sha256').update(owner).digest('hex')}.json`,
    );

  async function read(owner: string): Promise<readonly Note[]> {
    try {
      const content: unknown = JSON.parse(await readFile(fileOf(owner), 'utf8'));
      if (!Array.isArray(content)) throw new Error('A file of notes is damaged.');
      return content.filter(isNote);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
      throw error;
    }
  }

  async function write(owner: string, notes: readonly Note[]): Promise<void> {
    const file = fileOf(owner);
    const next = `${file}.${randomUUID()}`;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(next, JSON.stringify(notes), { mode: 0o600, flush: true });
    await rename(next, file);
  }

  /** Runs a change after the owner's earlier ones. */
  function inTurn<T>(owner: string, change: () => Promise<T>): Promise<T> {
    const before = waiting.get(owner) ?? Promise.resolve();
    const turn = before.then(change, change);
    waiting.set(owner, turn);
    const done = () => {
      if (waiting.get(owner) === turn) waiting.delete(owner);
    };
    turn.then(done, done);
    return turn;
  }

  return {
    lasting: true,
    list: read,
    find: async (owner, id) => (await read(owner)).find((note) => note.id === id),
    put: (owner, note) =>
      inTurn(owner, async () => {
        const others = (await read(owner)).filter(({ id }) => id !== note.id);
        if (others.length >= MOST) return 'full';
        await write(owner, [note, ...others]);
        return 'saved';
      }),
    remove: (owner, id) =>
      inTurn(owner, async () => {
        const notes = await read(owner);
        const left = notes.filter((note) => note.id !== id);
        if (left.length < notes.length) await write(owner, left);
        return left.length < notes.length;
      }),
  };
}

function isNote(value: unknown): value is Note {
  if (typeof value !== 'object' || value === null) return false;
  const { id, title, text, changedAt } = value as { [name: string]: unknown };
  const texts = [id, title, text].every((each) => typeof each === 'string');
  return texts && typeof changedAt === 'number';
}

/** How many users' notes are kept. Beyond that, the oldest user's notes are dropped. */
const OWNERS = 500;

/** Keeps notes in memory, where the platform has no lasting disk. They are lost when the process ends. */
export function createMemoryStore(): NoteStore {
  const all = new Map<string, readonly Note[]>();
  const of = (owner: string) => all.get(owner) ?? [];
  const set = (owner: string, notes: readonly Note[]) => {
    all.set(owner, notes);
    const [oldest] = all.keys();
    if (all.size > OWNERS && oldest !== undefined) all.delete(oldest);
  };
  return {
    lasting: false,
    list: async (owner) => of(owner),
    find: async (owner, id) => of(owner).find((note) => note.id === id),
    put: async (owner, note) => {
      const others = of(owner).filter(({ id }) => id !== note.id);
      if (others.length >= MOST) return 'full';
      set(owner, [note, ...others]);
      return 'saved';
    },
    remove: async (owner, id) => {
      const left = of(owner).filter((note) => note.id !== id);
      const found = left.length < of(owner).length;
      if (found) set(owner, left);
      return found;
    },
  };
}
