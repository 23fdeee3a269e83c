'use client';

import { type ReactNode, useActionState, useEffect, useRef, useState } from 'react';
import { Draft } from '@/app/_components/form/draft';
import form from '@/app/_components/form/form.module.css';
import type { AddState, addNote } from './actions';
import { NoteFields } from './note-fields';
import styles from './notes.module.css';

/**
 * The form that adds a note, and the list. Without JavaScript it is a plain form. With it, the list
 * shows the note while it is being saved.
 *
 * @param props.id of the note to add: another one for each page load
 * @param props.owner from `ownerTag`
 * @param props.children the saved notes, as list items
 */
export function AddNote(props: {
  action: typeof addNote;
  id: string;
  owner: string;
  children: ReactNode;
}) {
  const { action, id, owner, children } = props;
  const [state, send, pending] = useActionState<AddState, FormData>(action, undefined);
  const [sent, setSent] = useState('');
  const element = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (state) element.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus();
  }, [state]);
  return (
    <div className={styles.columns}>
      <form
        ref={element}
        action={send}
        className={form.form}
        aria-busy={pending}
        onSubmit={(event) => {
          if (pending) event.preventDefault();
          else setSent(String(new FormData(event.currentTarget).get('title')));
        }}
      >
        <input type="hidden" name="id" value={id} />
        <NoteFields id="new" values={state?.values} errors={state?.errors} focus />
        <Draft owner={owner} name="new" />
        <button type="submit" className="button" aria-disabled={pending}>
          {pending ? 'Adding…' : 'Add note'}
        </button>
      </form>
      <ul className={styles.notes}>
        {pending ? (
          <li className={styles.note} aria-busy="true">
            <strong>{sent}</strong> <span role="status">Saving…</span>
          </li>
        ) : null}
        {children}
      </ul>
    </div>
  );
}
