import { readForm, withUser } from '@/lib/cognito';
import { redirectWithFlash } from '@/lib/flash';
import { forgetForm } from '@/lib/kept-form';
import { noteId } from '@/lib/notes/note';
import { noteStore } from '@/lib/notes/store';

/** Deletes a note of the user. A note that is already gone counts as deleted: the form may come twice. */
export const POST = withUser(async (user, request) => {
  const id = noteId((await readForm(request))?.get('id'));
  if (!id) return new Response('Not found', { status: 404 });
  await noteStore().remove(user.sub, id);
  await forgetForm(`/notes/${id}`);
  return redirectWithFlash(`/notes?saved=${id}`, 'deleted');
});
