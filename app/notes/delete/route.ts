import { authenticate, readForm } from '@/lib/cognito';
import { redirectWithFlash } from '@/lib/flash';
import { forgetForm } from '@/lib/kept-form';
import { noteId } from '@/lib/notes/note';
import { noteStore } from '@/lib/notes/store';

/** Deletes a note of the user. A note that is already gone counts as deleted: the form may come twice. */
export async function POST(request: Request): Promise<Response> {
  const caller = await authenticate(request);
  if (!caller.ok) return caller.response;
  const form = await readForm(request);
  const id = noteId(form?.get('id'));
  if (!id) return new Response('Not found', { status: 404 });
  await noteStore().remove(caller.claims.sub, id);
  await forgetForm(`/notes/${id}`);
  return redirectWithFlash(`/notes?saved=${id}`, 'deleted');
}
