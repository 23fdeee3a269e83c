import { randomUUID } from 'node:crypto';
import type { NoteValues } from './note';
import { noteStore } from './store';

/**
 * Adds a note once, however often its form is sent: by a double click, a reload or the Back button.
 *
 * @param owner the user's `sub`
 * @param id that the form was rendered with
 * @param values checked
 * @param now in milliseconds since 1970
 * @returns `full` if the owner has as many notes as allowed
 */
export async function addOnce(
  owner: string,
  id: string,
  values: NoteValues,
  now = Date.now(),
): Promise<'saved' | 'full'> {
  const store = noteStore();
  const before = await store.find(owner, id);
  if (before?.title === values.title && before.text === values.text) return 'saved';
  // Somebody went back and typed another note into the same form: it must not replace the first one.
  return store.put(owner, { id: before ? randomUUID() : id, ...values, changedAt: now });
}
