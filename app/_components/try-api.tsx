'use client';

import { useState } from 'react';
import styles from './try-api.module.css';

/** A request of the page and its response. */
interface Trial {
  readonly request: string;
  /** Status, size and time; or that there was no response. */
  readonly summary: string;
  readonly headers: string;
  readonly body: string;
}

/** The response headers that matter for sign-in. */
const SHOWN = ['content-type', 'cache-control', 'www-authenticate', 'retry-after'];

/**
 * Calls an API of this site from the page, with or without the session cookie, and shows the request
 * and the response.
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
          Call it signed in
        </button>
        <button
          type="button"
          className="button quiet"
          aria-disabled={busy}
          onClick={() => call('omit')}
        >
          Call it signed out
        </button>
      </p>
      <p role="status" className={styles.summary}>
        {trial?.summary}
      </p>
      {trial ? (
        <div className={styles.trial}>
          <h3>Request</h3>
          <pre>{trial.request}</pre>
          <h3>Response</h3>
          <pre>{trial.headers}</pre>
          <pre>{trial.body}</pre>
        </div>
      ) : null}
    </>
  );
}

async function attempt(path: string, credentials: 'same-origin' | 'omit'): Promise<Trial> {
  const cookie = credentials === 'omit' ? 'none' : 'your session, not readable by scripts';
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
    return { request, summary: 'No response: the site can’t be reached.', headers: '', body: '' };
  }
}

function formatted(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
