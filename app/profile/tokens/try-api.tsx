'use client';

import { useState } from 'react';
import type { Trial } from './api-trial';
import styles from './try-api.module.css';

/**
 * Calls an API of this site from the page, with or without the session cookie, and shows the request
 * and the response.
 *
 * @param props.path of the API
 */
export function TryApi({ path }: { path: string }) {
  const [trial, setTrial] = useState<Trial>();

  async function call(credentials: 'same-origin' | 'omit'): Promise<void> {
    // Loaded when it is needed, like the code of any button that few visitors press.
    const { attempt } = await import('./api-trial');
    setTrial(await attempt(path, credentials));
  }

  return (
    <>
      <p className="actions scripted">
        <button type="button" className="button" onClick={() => call('same-origin')}>
          Call signed in
        </button>
        <button type="button" className="button quiet" onClick={() => call('omit')}>
          Call signed out
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
