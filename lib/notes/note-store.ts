import type { Note } from './note';

/**
 * Where notes are stored. `owner` is the user's `sub`, always from the session and never from a form, so
 * that nobody can name another user's note.
 */
export interface NoteStore {
  /** Whether notes outlive this process. Otherwise, the page says that they don't. */
  readonly lasting: boolean;
  /** The owner's notes, the last changed first. */
  list(owner: string): Promise<readonly Note[]>;
  /** One of the owner's notes; undefined if there is none, or if it is another user's. */
  find(owner: string, id: string): Promise<Note | undefined>;
  /**
   * Adds a note, or replaces the owner's note with the same ID.
   *
   * @returns `full` if the owner has as many notes as allowed
   */
  put(owner: string, note: Note): Promise<'saved' | 'full'>;
  /** Deletes one of the owner's notes; returns whether there was one. */
  remove(owner: string, id: string): Promise<boolean>;
}
