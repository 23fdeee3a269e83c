import { createFileStore } from './file-store';
import { createMemoryStore } from './memory-store';
import type { NoteStore } from './note-store';

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
