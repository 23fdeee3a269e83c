'use server';

import { randomUUID } from 'node:crypto';
import { redirect } from 'next/navigation';
import { signedInAction } from '@/lib/cognito';
import { setFlash } from '@/lib/flash';
import { checkNote, MOST, type NoteErrors, type NoteValues, noteId } from '@/lib/notes/note';
import { noteStore } from '@/lib/notes/store';

/** What the form shows again if the note wasn't saved; undefined before it is sent. */
export type AddState = { readonly values: NoteValues; readonly errors: NoteErrors } | undefined;

/** Adds a note. The form's hidden field `id` makes it one note, however often the form is sent. */
export const addNote = signedInAction<AddState>(async (user, form) => {
  const { values, errors } = checkNote(form);
  const id = noteId(form.get('id'));
  if (!id || Object.keys(errors).length > 0) return { values, errors };
  if ((await addOnce(user.sub, id, values)) === 'full') {
    return { values, errors: { title: `You have ${MOST} notes. Delete one first.` } };
  }
  await setFlash('/notes', 'saved');
  redirect(`/notes?added=${id}`);
});

/**
 * Adds a note once, however often its form is sent: by a double click, a reload or the Back button.
 *
 * @param owner the user's `sub`
 * @param id that the form was rendered with
 * @param values checked
 * @param now in milliseconds since 1970
 * @returns `full` if the owner has as many notes as allowed
 */
async function addOnce(
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
