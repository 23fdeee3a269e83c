'use client';
import { useState } from 'react';

type Action = (form: FormData) => Promise<void>;

/** The same Server Action in two forms: a plain one, and one that keeps the text if it fails. */
export function Forms({ action }: { action: Action }) {
  const [problem, setProblem] = useState('');
  return (
    <>
      <form id="plain" action={action}>
        <input name="text" aria-label="Text" />
        <button type="submit">Save</button>
      </form>
      <form
        id="careful"
        onSubmit={async (event) => {
          event.preventDefault();
          const sent = action(new FormData(event.currentTarget));
          await sent.catch((error: Error) => setProblem(error.message));
        }}
      >
        <input name="text" aria-label="Text" />
        <button type="submit">Save</button>
        <p role="alert">{problem}</p>
      </form>
    </>
  );
}
