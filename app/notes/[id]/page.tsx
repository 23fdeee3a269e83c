import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Draft } from '@/app/_components/form/draft';
import form from '@/app/_components/form/form.module.css';
import { PageShell } from '@/app/_components/page-shell';
import { requireUser } from '@/lib/cognito';
import { keptForm, ownerTag } from '@/lib/kept-form';
import { noteId } from '@/lib/notes/note';
import { noteStore } from '@/lib/notes/store';
import { NoteFields } from '../note-fields';
import styles from '../notes.module.css';

export const metadata: Metadata = { title: 'Edit note' };

/** A form that a route handler saves. Another user's note is a 404, as if it did not exist. */
export default async function NotePage({ params }: { params: Promise<{ id: string }> }) {
  const user = await requireUser();
  const id = noteId((await params).id);
  const note = id && (await noteStore().find(user.sub, id));
  if (!note) notFound();
  const kept = await keptForm(`/notes/${id}`, user.sub);
  const owner = ownerTag(user.sub);
  const values = kept ? { title: kept.values.title ?? '', text: kept.values.text ?? '' } : note;
  const interrupted = kept && Object.keys(kept.errors).length === 0;
  return (
    <PageShell path={`/notes/${id}`}>
      <p>
        <a href="/notes">All notes</a>
      </p>
      <h1>Edit note</h1>
      {interrupted ? (
        <p className={form.notice} role="status">
          <strong>Your changes are here, but not saved yet.</strong> You had to sign in again, or
          the site could not check your session. Choose Save to keep them.
        </p>
      ) : null}
      <form action="/notes/save" method="post" className={form.form}>
        <input type="hidden" name="id" value={id} />
        <input type="hidden" name="owner" value={owner} />
        <NoteFields id="note" values={values} errors={kept?.errors} focus />
        <Draft owner={owner} name={`note:${id}`} keep={kept !== undefined} />
        <button type="submit" className="button">
          Save
        </button>
      </form>
      <details className={styles.delete}>
        <summary>Delete this note</summary>
        <form action="/notes/delete" method="post">
          <input type="hidden" name="id" value={id} />
          <p>The note can’t be restored.</p>
          <button type="submit" className="button quiet">
            Delete
          </button>
        </form>
      </details>
    </PageShell>
  );
}
