/**
 * What the 500 pages say. Nothing about the cause: the reference is Next's error digest, which Next also
 * logs on the server; an error boundary can't read the request's own reference.
 *
 * @param props.error what was thrown; an error from a client component has no digest
 * @param props.retry renders the failed part again
 */
export function ErrorMessage({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = error instanceof Error && 'digest' in error ? error.digest : undefined;
  return (
    <>
      <title>Something went wrong</title>
      <h1>Something went wrong</h1>
      <p className="lead">
        The problem is on our side. You have not been signed out. Please try again in a few seconds.
      </p>
      <div className="actions">
        <button type="button" className="button" onClick={() => retry()}>
          Try again
        </button>
        <a className="button quiet" href="/">
          Go to the home page
        </a>
      </div>
      {typeof digest === 'string' ? (
        <p className="reference">
          Reference: <code>{digest}</code>
        </p>
      ) : null}
    </>
  );
}
