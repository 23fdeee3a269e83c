import { MOST, type Note } from './note';
import type { NoteStore } from './note-store';

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
