import { randomUUID } from 'node:crypto';
import { ForgetDraft } from '@/app/_components/form/draft';
import form from '@/app/_components/form/form.module.css';
import { PageShell } from '@/app/_components/page-shell';
import { requireUser } from '@/lib/cognito';
import { ownerTag } from '@/lib/kept-form';
import { noteId } from '@/lib/notes/note';
import { noteStore } from '@/lib/notes/store';
import { pageMetadata } from '@/lib/page-metadata';
import { addNote } from './actions';
import { AddNote } from './add-note';
import styles from './notes.module.css';

export const metadata = pageMetadata('/notes');

interface Props {
  searchParams: Promise<{ added?: string | string[]; saved?: string | string[] }>;
}

/** The user's notes: an example of data that belongs to a user. Adding one is a Server Action. */
export default async function NotesPage({ searchParams }: Props) {
  const user = await requireUser();
  const { added, saved } = await searchParams;
  const store = noteStore();
  const notes = await store.list(user.sub);
  const owner = ownerTag(user.sub);
  const done = [added ? 'new' : '', noteId(saved) ? `note:${noteId(saved)}` : ''].join(' ').trim();
  const id = randomUUID();
  return (
    <PageShell path="/notes">
      <h1>Notes</h1>
      <p className="lead">Only you can see your notes.</p>
      {store.lasting ? null : (
        <p className={form.notice}>
          <strong>Notes are not kept here.</strong> This platform has no lasting disk, so they are
          lost when the server restarts. To keep them, connect a database in{' '}
          <code>lib/notes/store.ts</code>.
        </p>
      )}
      {done ? <ForgetDraft owner={owner} names={done} /> : null}
      {/* A saved note starts a new form. Not `id`: without JavaScript, React finds the form's state by its key. */}
      <AddNote key={notes[0]?.id} id={id} owner={owner} action={addNote}>
        {notes.map((note) => (
          <li key={note.id} className={styles.note}>
            <a href={`/notes/${note.id}`}>{note.title}</a>
            {note.text ? <p>{note.text}</p> : null}
          </li>
        ))}
      </AddNote>
      {notes.length === 0 ? <p className={styles.none}>You have no notes yet.</p> : null}
    </PageShell>
  );
}
