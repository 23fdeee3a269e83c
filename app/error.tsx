'use client';

import styles from './_components/reference.module.css';

/**
 * The 500 page: says nothing about the cause. Its reference is Next's own number of the error, which
 * Next has written into the server's log with it; the request's is out of reach of a boundary.
 *
 * @param props.error anything, if a component of the browser threw it; then it has no number
 * @param props.retry renders once more what failed
 */
export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = error instanceof Error && 'digest' in error ? error.digest : undefined;
  return (
    <main id="content">
      <title>Something went wrong</title>
      <h1>Something went wrong</h1>
      <p className="lead">
        It was not your fault, and you have not been signed out. Please try again in a few seconds.
      </p>
      <p>
        <button type="button" className="button" onClick={() => retry()}>
          Try again
        </button>
      </p>
      <p>
        <a href="/">Go to the front page</a>
      </p>
      {typeof digest === 'string' ? (
        <p className={styles.reference}>
          Reference: <code>{digest}</code>
        </p>
      ) : null}
    </main>
  );
}
