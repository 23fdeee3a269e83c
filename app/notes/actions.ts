'use server';

import { redirect } from 'next/navigation';
import { signedInAction } from '@/lib/cognito';
import { setFlash } from '@/lib/flash';
import { addOnce } from '@/lib/notes/add';
import { checkNote, MOST, type NoteErrors, type NoteValues, noteId } from '@/lib/notes/note';

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
