'use client';

import { useState } from 'react';
import styles from './try-api.module.css';

/** What the page asked, and what came back. */
interface Trial {
  readonly request: string;
  /** Status, size and time; or that there was no answer. */
  readonly summary: string;
  readonly headers: string;
  readonly body: string;
}

/** Of an answer's headers those that say something about signing in. */
const SHOWN = ['content-type', 'cache-control', 'www-authenticate', 'retry-after'];

/**
 * Calls an API of this site from the page, with the session's cookies and without, and shows the
 * request and the answer.
 *
 * @param props.path of the API
 */
export function TryApi({ path }: { path: string }) {
  const [trial, setTrial] = useState<Trial>();
  const [busy, setBusy] = useState(false);

  async function call(credentials: 'same-origin' | 'omit'): Promise<void> {
    if (busy) return;
    setBusy(true);
    setTrial(await attempt(path, credentials));
    setBusy(false);
  }

  return (
    <>
      <p className="actions scripted">
        <button
          type="button"
          className="button"
          aria-disabled={busy}
          onClick={() => call('same-origin')}
        >
          Call it as you
        </button>
        <button
          type="button"
          className="button quiet"
          aria-disabled={busy}
          onClick={() => call('omit')}
        >
          Call it as somebody signed out
        </button>
      </p>
      <p role="status" className={styles.summary}>
        {trial?.summary}
      </p>
      {trial ? (
        <div className={styles.trial}>
          <h3>Request</h3>
          <pre>{trial.request}</pre>
          <h3>Answer</h3>
          <pre>{trial.headers}</pre>
          <pre>{trial.body}</pre>
        </div>
      ) : null}
    </>
  );
}

async function attempt(path: string, credentials: 'same-origin' | 'omit'): Promise<Trial> {
  const cookie = credentials === 'omit' ? 'none' : 'the session’s, which no script can read';
  const request = `GET ${path}\naccept: application/json\ncookie: (${cookie})`;
  const start = performance.now();
  try {
    const answer = await fetch(path, { headers: { accept: 'application/json' }, credentials });
    const text = await answer.text();
    const milliseconds = Math.round(performance.now() - start);
    const headers = SHOWN.filter((name) => answer.headers.has(name));
    return {
      request,
      summary: `${answer.status} ${answer.statusText}, ${new Blob([text]).size} bytes in ${milliseconds} ms`,
      headers: headers.map((name) => `${name}: ${answer.headers.get(name)}`).join('\n'),
      body: formatted(text),
    };
  } catch {
    return { request, summary: 'No answer: the site cannot be reached.', headers: '', body: '' };
  }
}

function formatted(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
