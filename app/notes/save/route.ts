import { authenticate, getSite, isSameOrigin, readForm } from '@/lib/cognito';
import { redirectWithFlash } from '@/lib/flash';
import { forgetForm, keepForm } from '@/lib/kept-form';
import { checkNote, noteId } from '@/lib/notes/note';
import { noteStore } from '@/lib/notes/store';

/**
 * Saves a note that the user has edited. `lib/access.ts` lists this path as public, so that a form
 * whose user was signed out in the meantime gets here: what the user typed is kept, and shown again after
 * the sign-in. The handler checks the user itself.
 */
export async function POST(request: Request): Promise<Response> {
  const site = getSite();
  if (!site.ok || !isSameOrigin(request.headers, site.config.origin)) return refused(403);
  const form = await readForm(request);
  if (!form) return refused(413);
  const id = noteId(form.get('id'));
  if (!id) return refused(404);

  const path = `/notes/${id}`;
  const see = (to: string) => Response.redirect(`${site.config.origin}${to}`, 303);
  const { values, errors } = checkNote(form);
  const typed = { path, owner: form.get('owner') ?? '', values: { ...values } };
  const caller = await authenticate(request);
  if (!caller.ok) {
    await keepForm({ ...typed, errors: {} });
    // During an outage, the page says so, and shows the form once the outage has ended.
    return see(caller.response.status === 401 ? `/login?returnTo=${path}` : path);
  }
  const { sub } = caller.claims;
  if (!(await noteStore().find(sub, id))) return refused(404);
  if (Object.keys(errors).length > 0) {
    await keepForm({ ...typed, errors: { ...errors } });
    return see(path);
  }
  await noteStore().put(sub, { id, ...values, changedAt: Date.now() });
  await forgetForm(path);
  return redirectWithFlash(`/notes?saved=${id}`, 'saved');
}

function refused(status: 403 | 404 | 413): Response {
  const says = { 403: 'Forbidden', 404: 'Not found', 413: 'Too large' }[status];
  return new Response(says, { status, headers: { 'Cache-Control': 'private, no-store' } });
}
